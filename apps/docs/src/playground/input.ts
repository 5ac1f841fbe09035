import { asBytes, type CheckRequest } from '@trusted-header/cli/check';

/** What somebody has typed into the playground, field by field. */
export interface PlaygroundInput {
  readonly trusted: string;
  readonly peer: string;
  readonly profile: string;
  /** Header lines, a dump or log lines, as pasted. */
  readonly text: string;
  readonly required: string;
  readonly limits: string;
  readonly socket: string;
}

export const EMPTY: PlaygroundInput = {
  trusted: '',
  peer: '',
  profile: 'authelia',
  text: '',
  required: '',
  limits: '',
  socket: '',
};

/** What the page shows first: the commonest case. */
export const FIRST: PlaygroundInput = {
  ...EMPTY,
  trusted: '172.20.0.2',
  peer: '172.20.0.2',
  text: 'Remote-User: john\nRemote-Groups: admin,dev\nRemote-Email: john@example.com\n',
};

/** How messages call the pasted text, where the command line has the name of a file. */
export const SOURCE = 'the text';

/** The same question as `npx @trusted-header/cli check` takes it. A field that is empty is an option that is not given. */
export function requestOf(input: PlaygroundInput): CheckRequest {
  const given = (text: string): string | undefined => (text === '' ? undefined : text);
  return {
    trustedProxies: given(input.trusted),
    peer: given(input.peer),
    unixSocket: given(input.socket),
    profile: input.profile,
    required: given(input.required),
    limits: given(input.limits),
    from: /\S/.test(input.text) ? { source: SOURCE, bytes: asBytes(input.text) } : undefined,
  };
}
