import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type AuthenticatorOptions,
  createAuthenticator,
  type RequestFacts,
  withProof,
} from '../src/index.js';
import { type ProbeReport, probeAnswer, probeReport } from '../src/probe/index.js';

const USER = 'th-probe-0123456789abcdef-user';
const ARRIVAL = { adapter: 'express', httpVersion: '1.1', trailers: [] };

function report(
  rawHeaders: readonly string[],
  options: Partial<AuthenticatorOptions> = {},
  arrival: { readonly trailers?: readonly string[]; readonly peer?: string } = {},
): Promise<ProbeReport> {
  const authenticator = createAuthenticator({
    trustedProxies: '10.0.0.7',
    log: () => {
      throw new Error('a line was written');
    },
    onDecision: () => {
      throw new Error('an observer was told');
    },
    ...options,
  });
  const { peer = '10.0.0.7', trailers = [] } = arrival;
  return probeReport(authenticator, { peer, rawHeaders }, { ...ARRIVAL, trailers });
}

describe('the report of a probe', () => {
  it('tells how a request arrived, and nothing of anybody else', async () => {
    const lines = ['Host', 'app', 'Remote-User', USER, 'Remote-Groups', 'staff', 'Cookie', 'x=y'];
    expect(await report(lines)).toEqual({
      receiver: 1,
      adapter: 'express',
      httpVersion: '1.1',
      decision: { kind: 'authenticated' },
      identity: { user: USER, groups: ['present'] },
      reads: ['Remote-User', 'Remote-Groups', 'Remote-Name', 'Remote-Email'],
      lines: [
        { name: 'Remote-User', position: 2, canary: USER },
        { name: 'Remote-Groups', position: 3, present: true },
      ],
      trailers: [],
      count: 4,
    });
  });

  it('names what each profile reads, and shows extra values as it shows others', async () => {
    const lines = ['X-authentik-username', 'alice', 'X-authentik-uid', `<${USER}>`];
    const { reads, identity } = await report(lines, { profile: ['authelia', 'authentik'] });
    expect(reads.filter((name) => /user|uid/i.test(name))).toEqual([
      'Remote-User',
      'X-authentik-username',
      'X-authentik-uid',
    ]);
    expect(identity).toEqual({ user: 'present', extra: { uid: USER } });
  });

  it('shows each part of an identity that there is, and no groups of somebody else where there are none', async () => {
    const lines = [
      ...['Remote-User', USER, 'Remote-Groups', `${USER}-a,${USER}-b`],
      ...['Remote-Name', 'Alice', 'Remote-Email', `${USER}@probe.invalid`],
    ];
    expect((await report(lines)).identity).toStrictEqual({
      user: USER,
      groups: [`${USER}-a`, `${USER}-b`],
      name: 'present',
      email: `${USER}@probe.invalid`,
    });
    expect((await report(['Remote-User', USER])).identity).toStrictEqual({ user: USER });
  });

  it.each<[string, readonly string[], ProbeReport['decision']]>([
    ['10.0.0.7', [], { kind: 'anonymous', trusted: true }],
    ['10.0.0.8', [], { kind: 'anonymous', trusted: false }],
    ['10.0.0.8', ['Remote-User', USER], { kind: 'refused', reason: 'peer-untrusted' }],
    [
      '10.0.0.7',
      ['Remote-User', USER, 'Remote-User', 'alice'],
      { kind: 'refused', reason: 'header-repeated', header: 'Remote-User' },
    ],
  ])('gives the decision about %s %j without an address', async (peer, lines, decision) => {
    const told = await report(lines, {}, { peer });
    expect(told.decision).toStrictEqual(decision);
    expect(JSON.stringify(told)).not.toContain('10.0.0.');
  });

  it.each<[what: string, facts: Partial<RequestFacts>, trustedProxies: readonly string[]]>([
    ['the path of a listener', { unixSocket: '/run/app/http.sock' }, ['10.0.0.7']],
    ['where a list comes from', { peer: '10.0.0.8' }, ['https://ranges.example/list?key=secret']],
    ['the name of a proxy', { peer: '10.0.0.8' }, ['dns:proxy.internal']],
  ])('says nothing of the settings: not %s', async (_, source, trustedProxies) => {
    const authenticator = createAuthenticator({ trustedProxies, log: false });
    const facts = { peer: undefined, rawHeaders: ['Remote-User', USER], ...source };
    const { decision } = await probeReport(authenticator, facts, ARRIVAL);
    expect(authenticator.authenticate(facts)).toHaveProperty('detail');
    expect(decision).toEqual({ kind: 'refused', reason: 'peer-untrusted' });
  });

  it('tells why a claim cannot be read', async () => {
    const { decision } = await report(['Remote-User', 'a\u0001'], { log: false });
    expect(decision).toMatchObject({ detail: 'the invisible character U+0001' });
  });

  it('waits for the proof, and believes what the proof says', async () => {
    const authenticator = withProof(createAuthenticator({ trustedProxies: '10.0.0.7' }), {
      name: 'proof',
      headers: ['X-Assertion'],
      asks: 'claims',
      prove: async ({ value }) =>
        value === 'right'
          ? { kind: 'proven', identity: { user: 'alice' } }
          : { kind: 'refused', reason: 'assertion-signature' },
    });
    const of = (value: string) =>
      probeReport(authenticator, { peer: '10.0.0.7', rawHeaders: ['x-assertion', value] }, ARRIVAL);
    expect(await of('right')).toMatchObject({
      decision: { kind: 'authenticated' },
      identity: { user: 'present' },
      lines: [{ name: 'x-assertion', position: 1, present: true }],
    });
    expect((await of('wrong')).decision).toEqual({
      kind: 'refused',
      reason: 'assertion-signature',
      header: 'X-Assertion',
    });
  });

  it('shows of Connection the usual options and identity headers, in their own spelling', async () => {
    const { lines } = await report([
      ...['Connection', 'Close, X-Secret-Of-Ours , remote_USER,,upgrade'],
      ...['connection', `keep-alive, ${USER}`],
    ]);
    expect(lines).toStrictEqual([
      { name: 'Connection', position: 1, tokens: ['Close', 'remote_USER', 'upgrade'] },
      { name: 'connection', position: 2, canary: USER, tokens: ['keep-alive'] },
    ]);
  });

  it('finds placeholders, and shows only that there is one', async () => {
    const { lines } = await report(['Remote-User', '(null)', 'X-Other', '(null)'], { log: false });
    expect(lines).toEqual([{ name: 'Remote-User', position: 1, present: true, placeholder: true }]);
  });

  it('finds the probe’s own text under any name, and in trailers', async () => {
    const trailers = ['X-Sum', '1', 'remote.user', `of ${USER}!`];
    const told = await report(['X-Real-Name', `"${USER}@probe.invalid"`], {}, { trailers });
    expect(told.lines).toEqual([
      { name: 'X-Real-Name', position: 1, canary: `${USER}@probe.invalid` },
    ]);
    expect(told.trailers).toEqual([{ name: 'remote.user', position: 2, canary: USER }]);
  });

  it('lists 200 lines at most, and counts all', async () => {
    const lines = Array.from({ length: 300 }, () => ['Remote-Name', 'x']).flat();
    const told = await report(lines);
    expect([told.lines.length, told.count]).toEqual([200, 300]);
  });

  it('is whole for header login that is off, and for facts that are none', async () => {
    const off = await report(['Remote-User', USER], {
      trustedProxies: '',
      optional: true,
      log: false,
    });
    expect(off.decision).toEqual({ kind: 'anonymous', trusted: false });
    const odd = await report(['Host', 'app', 'Remote-User']);
    expect([odd.decision.kind, odd.lines, odd.count]).toEqual(['refused', [], 1]);
  });

  it('decides nothing for an authenticator that is not ours, a copy for one', async () => {
    const copy = { ...createAuthenticator({ trustedProxies: '10.0.0.7' }) };
    const facts = { peer: '10.0.0.7', rawHeaders: ['Remote-User', 'alice'] };
    expect(await probeReport(copy, facts, ARRIVAL)).toEqual({
      receiver: 1,
      adapter: 'express',
      httpVersion: '1.1',
      decision: { kind: 'refused', reason: 'decision-unknown' },
      reads: [],
      lines: [{ name: 'Remote-User', position: 1, present: true }],
      trailers: [],
      count: 1,
    });
  });

  it('holds no value that the probe has not sent, whatever comes', async () => {
    const name = fc.constantFrom(
      ...['Remote-User', 'remote_groups', 'Remote-Name', 'Remote-Email', 'Cookie', 'Connection'],
      ...['X-Proxy-Secret', 'X-Any'],
    );
    // Letters that stand nowhere else in an answer.
    const value = fc.stringMatching(/^[ζξψ][ζξψ,; @=]{0,20}$/);
    const lines = fc.array(fc.tuple(name, value), { maxLength: 12 });
    const secret = { header: 'X-Proxy-Secret', values: ['of-the-proxy-0123456789-0123456789'] };
    await fc.assert(
      fc.asyncProperty(
        lines,
        fc.boolean(),
        fc.constantFrom('10.0.0.7', '10.0.0.8'),
        async (sent, isSecret, peer) => {
          const options = { log: false, ...(isSecret && { sharedSecret: secret }) } as const;
          const told = await report(
            sent.flat(),
            { ...options, onDecision: () => undefined },
            { peer, trailers: sent.flat() },
          );
          expect(probeAnswer(told).body).not.toMatch(/[ζξψ]|10\.0\.0\.|of-the-proxy/);
        },
      ),
    );
  });
});

describe('the answer to a probe', () => {
  it('is JSON that no cache keeps, and says that it is the receiver’s', async () => {
    const { status, headers, body } = probeAnswer(await report([]));
    expect([status, headers]).toEqual([
      200,
      {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'trusted-header-probe': '1',
      },
    ]);
    expect(JSON.parse(body)).toMatchObject({ receiver: 1, count: 0 });
  });
});
