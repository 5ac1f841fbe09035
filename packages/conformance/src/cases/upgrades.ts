import type { Exchange, Upgraded } from '../case.js';
import {
  type ConformanceGroup,
  forbidden,
  from,
  PROXY,
  STRANGER,
  toCase,
  UNAUTHORIZED,
} from './build.js';

/** RFC 6455 section 4.1, with the key of its section 1.3. */
const HANDSHAKE = [
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];
const CONNECTION = 'Connection: Upgrade';

function opened(user: string): Upgraded {
  const source = { kind: 'address', address: PROXY } as const;
  return { kind: 'upgraded', decision: { kind: 'authenticated', identity: { user }, source } };
}

function opens(user: string): Exchange {
  return {
    send: { path: '/socket', lines: [CONNECTION, ...HANDSHAKE, `Remote-User: ${user}`] },
    expect: opened(user),
  };
}

const rows = [
  {
    id: 'upgrade-by-the-proxy',
    why: 'a WebSocket is opened for the user whom the proxy names, who is known there and stripped',
    lines: [CONNECTION, ...HANDSHAKE, 'Remote-User: alice'],
    expect: opened('alice'),
  },
  {
    id: 'upgrade-dual-stack',
    why: 'mapped peers open WebSockets like others (T3)',
    listener: 'dual',
    lines: [CONNECTION, ...HANDSHAKE, 'Remote-User: alice'],
    expect: opened('alice'),
  },
  {
    id: 'upgrade-by-a-stranger',
    why: 'middleware sees no upgrades: Nest’s gateways and servers beside Express were open',
    peer: STRANGER,
    lines: [CONNECTION, ...HANDSHAKE, 'Remote-User: admin'],
    expect: forbidden('peer-untrusted'),
  },
  {
    id: 'upgrade-for-nobody',
    why: 'nobody is denied by default, by any protocol (D1)',
    lines: [CONNECTION, ...HANDSHAKE],
    expect: UNAUTHORIZED,
  },
  {
    id: 'upgrade-for-nobody-from-a-stranger',
    why: 'nobody is denied by default, by any protocol (D1)',
    peer: STRANGER,
    lines: [CONNECTION, ...HANDSHAKE],
    expect: UNAUTHORIZED,
  },
  {
    id: 'upgrade-user-twice',
    why: 'an upgrade has raw header lines, too (H2)',
    lines: [CONNECTION, ...HANDSHAKE, 'Remote-User: alice', 'Remote-User: admin'],
    expect: forbidden('header-repeated'),
  },
  {
    id: 'upgrade-user-by-alias',
    why: 'an upgrade has raw header lines, too (H3)',
    lines: [CONNECTION, ...HANDSHAKE, 'Remote-User: alice', 'Remote_User: admin'],
    expect: forbidden('header-ambiguous'),
  },
  {
    id: 'upgrade-hop-by-hop',
    why: 'every upgrade has a Connection header, and a place for the trick in it (H3)',
    lines: ['Connection: Upgrade, Remote-User', ...HANDSHAKE, 'Remote-User: alice'],
    expect: forbidden('header-hop-by-hop'),
  },
] as const;

export const upgrades: ConformanceGroup = {
  title: 'WebSockets',
  cases: [
    ...rows.map((row) => toCase({ ...row, path: '/socket' })),
    {
      id: 'upgrades-of-two-users',
      why: 'each socket belongs to who has opened it',
      conversations: [from(PROXY, opens('alice')), from(PROXY, opens('bob'))],
    },
  ],
};
