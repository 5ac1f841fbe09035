import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { tailscaleWhois } from '../src/index.js';
import type { TailscaleWhoisOptions } from '../src/tailscale-options.js';
import {
  type StandInNode,
  type StandInState,
  startTailscaled,
  type Tailscaled,
} from './tailscaled.js';

const ALICE: StandInNode = {
  addresses: ['100.64.0.9', 'fd7a:115c:a1e0::9'],
  login: 'alice@example.com',
  name: 'Alice Ö.',
};
const CI: StandInNode = {
  addresses: ['100.64.0.10'],
  login: 'tagged-devices',
  name: 'Tagged Devices',
  tags: ['tag:ci', 'tag:linux'],
};
const GUEST: StandInNode = {
  addresses: ['100.64.0.11'],
  login: 'guest@example.net',
  shareeNode: true,
};
const SELF: StandInNode = {
  addresses: ['100.64.0.1', 'fd7a:115c:a1e0::1'],
  login: 'owner@example.com',
};

const KERNEL: StandInState = { tun: true, nodes: [ALICE, CI, GUEST, SELF] };
const USERSPACE: StandInState = {
  ...KERNEL,
  tun: false,
  proxied: { '127.0.0.1:40000': '100.64.0.9' },
};

let tailscaled: Tailscaled;
beforeAll(async () => {
  tailscaled = await startTailscaled(KERNEL);
});
afterAll(() => tailscaled.stop());
beforeEach(async () => {
  await tailscaled.set(KERNEL);
});

/** Asks a new proof about connections, one after the other; gives its last verdict. */
async function prove(
  peers: string | undefined | readonly [string, number],
  options: TailscaleWhoisOptions = {},
): Promise<unknown> {
  const [peer, peerPort] = typeof peers === 'object' ? peers : [peers, 50_000];
  return tailscaleWhois({ socket: tailscaled.socket, ...options }).prove({
    facts: { peer, peerPort, rawHeaders: [] },
    header: undefined,
    value: undefined,
    identity: undefined,
  });
}

const refused = (reason: string, detail: string): object => ({
  kind: 'refused',
  reason,
  detail: expect.stringContaining(detail),
});

describe('a node of the tailnet', () => {
  it.each([
    ['IPv4', '100.64.0.9'],
    ['IPv6', 'fd7a:115c:a1e0::9'],
    ['IPv4-mapped, as a dual-stack server reports it', '::ffff:100.64.0.9'],
  ])('is its user: %s', async (_, peer) => {
    expect(await prove(peer)).toEqual({
      kind: 'proven',
      identity: {
        user: 'alice@example.com',
        name: 'Alice Ö.',
        extra: { profilePicture: 'https://pictures.example/77' },
      },
    });
  });

  it('has the groups that Tailscale reports, and none is not an empty list', async () => {
    const groups = ['eng@example.com', 'group:admins'];
    await tailscaled.set({ ...KERNEL, nodes: [{ ...ALICE, groups }] });
    expect(await prove('100.64.0.9')).toMatchObject({ identity: { groups } });
    await tailscaled.set(KERNEL);
    expect(await prove('100.64.0.9')).not.toHaveProperty('identity.groups');
  });

  it('is a user where Tailscale writes nothing as null, false and 0', async () => {
    const whois = JSON.stringify({
      Node: {
        Addresses: ['100.64.0.9/32'],
        Tags: null,
        Sharer: 0,
        Hostinfo: { ShareeNode: false },
      },
      UserProfile: { LoginName: 'alice@example.com', Groups: null },
    });
    await tailscaled.set({ ...KERNEL, wrong: { whois } });
    expect(await prove('100.64.0.9')).toEqual({
      kind: 'proven',
      identity: { user: 'alice@example.com' },
    });
  });

  it('is known from an answer of 1 MiB, which is the longest', async () => {
    const whois = JSON.stringify({
      Node: { Addresses: ['100.64.0.9/32'] },
      UserProfile: { LoginName: 'alice@example.com' },
    }).padEnd(1024 * 1024);
    await tailscaled.set({ ...KERNEL, wrong: { whois } });
    expect(await prove('100.64.0.9')).toMatchObject({ kind: 'proven' });
    await tailscaled.set({ ...KERNEL, wrong: { whois: `${whois} ` } });
    expect(await prove('100.64.0.9')).toEqual(refused('proof-unavailable', 'more than 1 MiB'));
  });

  it('is asked for by address alone, since its port says nothing', async () => {
    await tailscaled.asked();
    await prove('fd7a:115c:a1e0::9');
    expect(await tailscaled.asked()).toEqual([
      'status?peers=false',
      'whois?proto=tcp&addr=fd7a%3A115c%3Aa1e0%3A%3A9',
    ]);
  });
});

describe('nobody is at', () => {
  it.each([
    ['an address of a carrier’s NAT', '100.72.1.1', 'also what carriers and pod networks use'],
    [
      'loopback: another process, `tailscale serve`, Funnel',
      '127.0.0.1',
      'has an address of this machine',
    ],
    ['an address that a subnet router has lent', '192.168.1.1', 'knows no node of that address'],
    ['a Unix socket', undefined, 'no IP address'],
    ['an IPv6 address that ends as a mapped one', '1::ffff:100.64.0.9', 'knows no node of that'],
    ['an address with a zone', 'fe80::1%eth0', 'no IP address'],
    ['text behind a mapped address', '::ffff:100.64.0.9 1', 'no IP address'],
    ['no address', '100.64.0.9:1', 'no IP address'],
    ['text with another question in it', '100.64.0.9&addr=100.64.0.9', 'no IP address'],
  ])('%s', async (_, peer, detail) => {
    expect(await prove(peer)).toEqual(refused('proof-missing', detail));
  });
});

describe('a node without a user', () => {
  it('is refused when it is tagged, and is nobody called tagged-devices', async () => {
    expect(await prove('100.64.0.10')).toEqual(refused('proof-invalid', 'the node is tagged'));
  });

  it('is who the application says, by its tags', async () => {
    const tagged = (tags: readonly string[]): string | undefined =>
      tags.includes('tag:ci') ? 'ci' : undefined;
    expect(await prove('100.64.0.10', { tagged })).toEqual({
      kind: 'proven',
      identity: { user: 'ci' },
    });
    await tailscaled.set({ ...KERNEL, nodes: [{ ...CI, tags: ['tag:other'] }] });
    expect(await prove('100.64.0.10', { tagged })).toEqual(refused('proof-invalid', 'is tagged'));
  });

  it('is tagged by its tags, whatever its user is called, and by that name without tags', async () => {
    await tailscaled.set({
      ...KERNEL,
      nodes: [
        { ...ALICE, tags: ['tag:server'] },
        { ...CI, tags: [] },
      ],
    });
    expect(await prove('100.64.0.9')).toEqual(refused('proof-invalid', 'the node is tagged'));
    expect(await prove('100.64.0.10')).toEqual(refused('proof-invalid', 'the node is tagged'));
  });

  it('is this machine by its own address: whoever may run a process here', async () => {
    expect(await prove('100.64.0.1')).toEqual(refused('proof-invalid', 'from this machine'));
    expect(await prove('fd7a:115c:a1e0::1')).toEqual(refused('proof-invalid', 'from this machine'));
  });

  it('has a user with an empty name', async () => {
    await tailscaled.set({ ...KERNEL, nodes: [{ ...ALICE, login: '' }] });
    expect(await prove('100.64.0.9')).toEqual(refused('proof-invalid', 'without a login name'));
  });
});

describe('a node of another tailnet', () => {
  it.each([
    ['whose user this machine is shared with', GUEST],
    ['that is shared with us', { ...GUEST, shareeNode: false, sharer: 88 }],
  ])('is refused, unless the application accepts it: %s', async (_, guest) => {
    await tailscaled.set({ ...KERNEL, nodes: [guest] });
    expect(await prove('100.64.0.11')).toEqual(refused('proof-invalid', 'of another tailnet'));
    expect(await prove('100.64.0.11', { shared: 'accept' })).toEqual({
      kind: 'proven',
      identity: { user: 'guest@example.net' },
    });
  });
});

describe('with userspace networking', () => {
  beforeEach(async () => {
    await tailscaled.set(USERSPACE);
  });

  it('a node is known by the port on loopback that tailscaled has opened for it', async () => {
    expect(await prove(['127.0.0.1', 40_000])).toMatchObject({
      identity: { user: 'alice@example.com' },
    });
    expect(await prove(['::ffff:127.0.0.1', 40_000])).toMatchObject({
      identity: { user: 'alice@example.com' },
    });
  });

  it('another process on loopback is nobody, also on the port that a node had', async () => {
    const proof = tailscaleWhois({ socket: tailscaled.socket });
    const facts = { peer: '127.0.0.1', peerPort: 40_000, rawHeaders: [] };
    const question = { facts, header: undefined, value: undefined, identity: undefined };
    expect(await proof.prove(question)).toMatchObject({ kind: 'proven' });
    // The node's connection is over, and somebody else on this machine gets its port.
    await tailscaled.set({ ...USERSPACE, proxied: {} });
    expect(await proof.prove(question)).toEqual(
      refused('proof-missing', 'has not opened that connection'),
    );
  });

  it('the address of a node is another network’s, such as one of pods in 100.64.0.0/10', async () => {
    await tailscaled.asked();
    expect(await prove('100.64.0.9')).toEqual(refused('proof-missing', 'userspace networking'));
    expect(await tailscaled.asked()).toEqual(['status?peers=false']);
  });

  it('nobody is known without a port', async () => {
    const verdict = tailscaleWhois({ socket: tailscaled.socket }).prove({
      facts: { peer: '127.0.0.1', rawHeaders: [] },
      header: undefined,
      value: undefined,
      identity: undefined,
    });
    expect(await verdict).toEqual(refused('proof-missing', 'port of the connection'));
  });

  it('IPv6 loopback is asked for as a URL writes it', async () => {
    await tailscaled.set({ ...USERSPACE, proxied: { '[::1]:40000': '100.64.0.9' } });
    expect(await prove(['::1', 40_000])).toMatchObject({ identity: { user: 'alice@example.com' } });
  });
});
