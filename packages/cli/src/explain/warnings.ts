import type { DecisionWarning } from '@trusted-header/core';
import type { Cause, Entries } from './explanation.js';

const INVISIBLE: Cause = {
  when: 'It holds a control or an invisible character, or is not in the encoding that the profile says. The detail names it: U+200B.',
  mend: 'Correct the entry in the directory, or set the proxy’s own profile.',
};

/** What was left out of an identity, while the login went on. */
export const WARNINGS: Entries<DecisionWarning['code']> = {
  'name-dropped': {
    means: 'The name that people read could not be read. The user is signed in without one.',
    causes: [
      INVISIBLE,
      {
        when: 'It is longer than limits.nameBytes (512 bytes).',
        mend: 'Raise that limit, or shorten the name at the provider.',
      },
      {
        when: 'The proxy sent a variable that it did not fill in.',
        mend: 'Make it send nothing where it knows no name.',
      },
    ],
  },
  'email-dropped': {
    means: 'The e-mail address could not be read. The user is signed in without one.',
    causes: [
      {
        when: 'There is no @, or more than one: an account such as root, or two addresses in one value (FreeIPA: with a comma; Active Directory: with a semicolon).',
        mend: "Give the account one address at the provider. Only required: ['email'] makes this cost the login.",
      },
      {
        when: 'tinyauth makes name@domain of a user whose name is an address already.',
        mend: 'Set that user’s e-mail address there.',
      },
      INVISIBLE,
    ],
  },
  'extra-dropped': {
    means:
      'A further header of the profile could not be read. The user is signed in without that value.',
    causes: [
      INVISIBLE,
      {
        when: 'It is longer than limits.extraBytes (8 192 bytes).',
        mend: 'Raise that limit.',
      },
    ],
  },
  'group-dropped': {
    means:
      'At least one of the groups could not be read. The user is signed in with the others: fewer groups can only mean less.',
    causes: [
      {
        when: 'A group is longer than limits.groupBytes (1 024 bytes), as long distinguished names are.',
        mend: 'Raise that limit.',
      },
      INVISIBLE,
      {
        when: 'A group looks like a variable that a proxy did not fill in, such as $staff or {8f14e45f}.',
        mend: 'Rename the group, if the application asks for it.',
      },
    ],
  },
};
