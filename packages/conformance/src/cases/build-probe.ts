import type { Exchange, Probed, WireRequest } from '../case.js';
import { PROBE_TOKEN } from '../run/probe-token.js';
import { PROXY } from './build.js';

export const TOKEN = `Trusted-Header-Probe: ${PROBE_TOKEN}`;
/** As the command writes them: `th-probe-`, one number for each run, header and case. */
export const USER = 'th-probe-0123456789abcdef-user';
export const GROUPS = 'th-probe-0123456789abcdef-groups';
export const EMAIL = 'th-probe-0123456789abcdef-email@probe.invalid';
export const CLAIM = `Remote-User: ${USER}`;

export const options = { trustedProxies: [PROXY], probe: true } as const;

/** Nobody's to see but the application's. */
export const SECRETS = [
  'Cookie: session=kept-between-us-two',
  'Authorization: Bearer kept-between-us-two',
  'X-Anything: alice-and-her-cat',
];

/** `Host` and the decoys come before the lines of a case: its first line is the 15th. */
export const FIRST = 15;

export const ANONYMOUS: Probed = {
  kind: 'probed',
  decision: { kind: 'anonymous', trusted: true },
  lines: [],
};

/** A claim by the probe alone, behind the token. */
export function claimed(decision: Probed['decision']): Probed {
  return {
    kind: 'probed',
    decision,
    ...(decision.kind === 'authenticated' && { identity: { user: USER } }),
    lines: [{ name: 'Remote-User', position: FIRST + 1, canary: USER }],
  };
}

export const BELIEVED = claimed({ kind: 'authenticated' });
export const NOT_BELIEVED = claimed({ kind: 'refused', reason: 'peer-untrusted' });

export function probing(send: WireRequest, expect: Probed): Exchange {
  return { send: { ...send, lines: [TOKEN, ...(send.lines ?? [])] }, expect };
}

/** RFC 6455 section 4.1. */
export const WEBSOCKET = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];
export const HANDSHAKE = ['Connection: Upgrade', 'Upgrade: test'];

export function UNTRUSTED() {
  return { kind: 'anonymous', trusted: false } as const;
}

export function upgraded(decision: Probed['decision']): Probed {
  return {
    kind: 'probed',
    decision,
    lines: [{ name: 'Connection', position: FIRST + 1, tokens: ['Upgrade'] }],
  };
}
