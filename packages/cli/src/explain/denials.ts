import type { DenialReason } from '@trusted-header/core';
import type { Entries } from './explanation.js';
import { COPY } from './lines.js';

/** Why a user who is believed may not. */
export const DENIALS: Entries<DenialReason> = {
  'group-missing': {
    status: 403,
    means:
      'The user is known, and is in none of the groups that the route asks for, or not in all of them.',
    causes: [
      {
        when: 'The user is not in the group.',
        mend: 'Add the user to the group at the provider. It counts with the next request, or the next sign-in there.',
      },
      {
        when: 'The name is written differently: another case, or a / before it, as Keycloak’s full paths have.',
        mend: 'Write in the policy what the log’s line hints at, or compare without case.',
        lines: [
          {
            where: 'JavaScript',
            text: ["requireIdentity({ groups: { anyOf: ['admins'] }, match: 'lower' })"],
          },
        ],
      },
      {
        when: 'The groups are distinguished names, which were split at their commas, or stand in one piece because the provider separates them otherwise.',
        mend: 'Set the profile that is the proxy’s; for distinguished names one of your own.',
        lines: [
          {
            where: 'JavaScript',
            text: ["groups: { header: 'Remote-Groups', format: 'dn-list' }"],
          },
        ],
      },
      {
        when: 'The proxy copies the user and not the groups. The log says that the claim came without the header.',
        mend: 'Copy all of them.',
        lines: COPY,
      },
    ],
  },
  'user-not-allowed': {
    status: 403,
    means: 'The user is known, and is not among the users that the route names.',
    causes: [
      {
        when: 'The name is not in the policy.',
        mend: 'Add it, exactly as the provider writes it; npx @trusted-header/cli check shows that.',
      },
      {
        when: 'It is there in another case.',
        mend: "Write it as the provider does, or compare without case: match: 'lower'.",
      },
    ],
  },
  'policy-empty': {
    status: 403,
    means: 'The policy has no condition that anybody could meet, and so admits nobody.',
    causes: [
      {
        when: 'A list of users or groups is empty, often because the variable that it is read from is.',
        mend: 'Fill the list. Where any signed-in user may pass, write requireIdentity() without a policy.',
      },
    ],
  },
  'user-unknown': {
    status: 403,
    means: 'The proxy names somebody who has no account in the application.',
    causes: [
      {
        when: 'Nobody has made an account for them, and the application makes none by itself.',
        mend: 'Make one, or let signIn() make it: give it a `create` function.',
      },
      {
        when: 'The account has another name, or the name in another case.',
        mend: "Rename the account to what the provider sends. match: 'lower' finds JDoe as jdoe.",
      },
      {
        when: '`find` or `create` gave null, to say that this user may not in.',
        mend: 'Nothing, if that was meant.',
      },
    ],
  },
  'role-missing': {
    status: 403,
    means: 'The user is known, and none of their groups gives the role that the route asks for.',
    causes: [
      {
        when: 'No group of the user stands in defineRoles() at that role, or at one above it.',
        mend: 'Add the group to the role, or the user to a group.',
        lines: [
          {
            where: 'JavaScript',
            text: ["defineRoles({ admin: ['ops', 'team-*'], viewer: '*' })"],
          },
        ],
      },
      {
        when: 'The proxy sends no groups at all: what is not known gives no role.',
        mend: 'Copy the groups’ header as well.',
        lines: COPY,
      },
    ],
  },
};
