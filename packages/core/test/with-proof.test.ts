import { describe, expect, it } from '@jest/globals';
import {
  compileGuard,
  decideUntold,
  isAuthenticator,
  type Proof,
  prepareUntold,
  type RequestFacts,
  type Verdict,
  withProof,
} from '../src/index.js';
import { BOB, HEADER, PROXY, proving, REMOTE_BOB, refused, source } from './proving.js';

describe('withProof', () => {
  it.each([
    [['X-Proof', 'X-Other-Proof'], 'X-Proof'],
    [[], 'assertion'],
  ])(
    'names the header that did not come, or the proof where it reads none: %j',
    async (headers, named) => {
      const missing: Verdict = { kind: 'refused', reason: 'assertion-missing' };
      const { ask } = proving(() => missing, { headers });
      expect(await ask(REMOTE_BOB)).toEqual(refused('assertion-missing', named));
      const failing = proving(() => Promise.reject(new Error('down')), { headers });
      expect(await failing.ask(REMOTE_BOB)).toEqual(refused('proof-unavailable', named));
    },
  );

  it('believes whom the proof names, and asks with what came', async () => {
    const { ask, questions } = proving(() => BOB);
    expect(await ask(['X-Proof', ' good '])).toEqual({
      kind: 'authenticated',
      identity: { user: 'bob', groups: ['ops'] },
      source,
    });
    expect(questions).toEqual([
      {
        facts: { peer: PROXY, rawHeaders: ['X-Proof', ' good '] },
        header: 'X-Proof',
        value: 'good',
        identity: undefined,
      },
    ]);
  });

  it('asks with the second of its headers where that one came, and without a header where none did', async () => {
    const { ask, questions } = proving(() => BOB);
    await ask(['X-Other-Proof', 'good']);
    await ask(REMOTE_BOB);
    expect(questions.map(({ header, value, identity }) => [header, value, identity])).toEqual([
      ['X-Other-Proof', 'good', undefined],
      [undefined, undefined, { user: 'bob', groups: ['admin'] }],
    ]);
  });

  it('asks nothing about a claim that is refused by itself', async () => {
    const { ask, questions } = proving(() => BOB);
    expect(await ask(['Remote-User', 'bob\u0001', ...HEADER])).toMatchObject({
      reason: 'header-malformed',
      header: 'Remote-User',
    });
    expect(questions).toEqual([]);
  });

  it('names the socket that a request came over', async () => {
    const trustedProxies = 'unix:/run/app.sock';
    const missing: Verdict = { kind: 'refused', reason: 'assertion-missing' };
    const { ask } = proving(() => missing, {}, { trustedProxies });
    const facts = { peer: undefined, unixSocket: '/run/app.sock' };
    expect(await ask(HEADER, facts)).toMatchObject({ peer: trustedProxies });
  });

  it('takes nothing from identity headers but that they name the same user', async () => {
    const { ask } = proving(() => ({ kind: 'proven', identity: { user: 'bob' } }));
    expect(await ask([...REMOTE_BOB, ...HEADER])).toEqual({
      kind: 'authenticated',
      identity: { user: 'bob' },
      source,
    });
  });

  it('asks nothing about a request that claims nothing, where it asks about claims', async () => {
    const { ask, questions } = proving(() => BOB);
    expect(await ask(['Accept', '*/*', 'X-Proof', ''])).toEqual({
      kind: 'anonymous',
      trusted: true,
    });
    expect(questions).toEqual([]);
    const always = proving(() => BOB, { asks: 'always' });
    expect(await always.ask([])).toMatchObject({ kind: 'authenticated' });
  });

  it.each([
    ['no trusted address', { peer: '172.20.0.9' }, 'peer-untrusted'],
    ['no address', { peer: undefined }, 'peer-unknown'],
    ['itself', { self: true }, 'peer-self'],
  ])('asks nothing about a request from %s, and refuses it', async (_name, facts, reason) => {
    const { ask, questions } = proving(() => BOB, { asks: 'always' });
    expect(await ask(HEADER, facts)).toMatchObject({ kind: 'refused', reason });
    expect(await ask(REMOTE_BOB, facts)).toMatchObject({ kind: 'refused', reason });
    expect(await ask([], facts)).toEqual({ kind: 'anonymous', trusted: false });
    expect(questions).toEqual([]);
  });

  it('ignores a proof from an untrusted peer where claims of such peers are ignored', async () => {
    const { ask, questions } = proving(() => BOB, {}, { untrusted: 'ignore' });
    expect(await ask(HEADER, { peer: '172.20.0.9' })).toEqual({
      kind: 'anonymous',
      trusted: false,
    });
    expect(questions).toEqual([]);
  });

  it.each([
    ['two lines', ['X-Proof', 'a', 'x-proof', 'a'], 'header-repeated', 'X-Proof'],
    ['two names', ['X-Proof', 'a', 'X-Other-Proof', 'a'], 'header-repeated', 'X-Other-Proof'],
    [
      'two names, one of them empty',
      ['X-Proof', 'a', 'X-Other-Proof', ''],
      'header-repeated',
      'X-Other-Proof',
    ],
    ['an alias', ['X_Proof', 'a'], 'header-ambiguous', 'X-Proof'],
    ['an alias beside it', ['X-Proof', 'a', 'X.Proof', 'b'], 'header-ambiguous', 'X-Proof'],
    ['Connection', ['X-Proof', 'a', 'Connection', 'x-proof'], 'header-hop-by-hop', 'X-Proof'],
  ])('refuses what cannot be read one way only: %s', async (_name, lines, reason, header) => {
    const { ask, questions } = proving(() => BOB);
    expect(await ask(lines)).toMatchObject({ kind: 'refused', reason, header, peer: PROXY });
    expect(questions).toEqual([]);
  });

  it('says that a proof came under two names', async () => {
    const { ask } = proving(() => BOB);
    expect(await ask(['X-Proof', 'a', 'X-Other-Proof', 'a'])).toEqual(
      refused('header-repeated', 'X-Other-Proof', 'under two names'),
    );
  });

  it('counts the proof as a claim among too many lines', async () => {
    const { ask } = proving(() => BOB);
    const padding = Array.from({ length: 1002 }, () => 'x');
    expect(await ask([...padding, ...HEADER])).toMatchObject({ reason: 'headers-too-many' });
  });

  it('still asks for the secret', async () => {
    const secret = 'k'.repeat(32);
    const sharedSecret = { header: 'X-Proxy-Secret', values: [secret] };
    const { ask, questions } = proving(() => BOB, { asks: 'always' }, { sharedSecret });
    expect(await ask(HEADER)).toMatchObject({ reason: 'proof-missing', header: 'X-Proxy-Secret' });
    expect(await ask([])).toEqual({ kind: 'anonymous', trusted: false });
    expect(questions).toEqual([]);
    expect(await ask([...HEADER, 'X-Proxy-Secret', secret])).toMatchObject({
      identity: { user: 'bob' },
    });
  });

  it('tells of a 401 which header a person would have come with', async () => {
    const lines: string[] = [];
    const { ask } = proving(() => BOB, {}, { log: (line) => lines.push(line) });
    const refuses = compileGuard();
    for (const facts of [{}, {}, { peer: '203.0.113.9' }]) refuses(await ask([], facts));
    expect(lines).toEqual([
      'trusted-header: the proxy 172.20.0.2 sent a request without X-Proof or X-Other-Proof; if that person is signed in, make it send that with each request',
    ]);
  });

  it('tells nothing of a 401 whom the provider calls nobody, and the other profile of whom the headers name by one', async () => {
    const lines: string[] = [];
    const profile = { id: 'own', user: { header: 'X-User' }, nobody: ['anonymous'] };
    const { ask } = proving(() => BOB, {}, { profile, log: (line) => lines.push(line) });
    const refuses = compileGuard();
    refuses(await ask(['X-User', 'anonymous']));
    expect(lines).toEqual([]);
    refuses(await ask(['X-authentik-username', 'bob']));
    expect(lines).toEqual([
      "trusted-header: the proxy 172.20.0.2 sent a request without X-User, but with X-authentik-username: is the profile 'authentik'?",
    ]);
  });

  it('refuses a request whose proof nobody has waited for', async () => {
    const { authenticator } = proving(async () => BOB);
    const facts: RequestFacts = { peer: PROXY, rawHeaders: HEADER };
    expect(decideUntold(authenticator, facts).decision).toEqual({
      kind: 'refused',
      reason: 'proof-unavailable',
      header: 'X-Proof',
      detail: 'nobody has waited for the proof',
    });
    await prepareUntold(authenticator, facts);
    expect(decideUntold(authenticator, facts).decision).toMatchObject({ kind: 'authenticated' });
    expect(prepareUntold(authenticator, facts)).toBeUndefined();
  });

  it('waits for nothing where there is nothing to ask', () => {
    const { authenticator, inner } = proving(async () => BOB);
    const facts: RequestFacts = { peer: PROXY, rawHeaders: ['Accept', '*/*'] };
    expect(prepareUntold(authenticator, facts)).toBeUndefined();
    expect(decideUntold(authenticator, facts).decision).toEqual({
      kind: 'anonymous',
      trusted: true,
    });
    expect(prepareUntold(inner, facts)).toBeUndefined();
  });

  it('is not asked in a test that says where its request comes from', async () => {
    const { ask, questions } = proving(() => BOB);
    expect(await ask(REMOTE_BOB, { fromTest: true })).toMatchObject({
      identity: { user: 'bob', groups: ['admin'] },
    });
    expect(questions).toEqual([]);
  });

  it('asks once about a request, however many wait for it', async () => {
    const { authenticator, questions } = proving(async () => BOB);
    const facts: RequestFacts = { peer: PROXY, rawHeaders: HEADER };
    await Promise.all([1, 2, 3].map(() => prepareUntold(authenticator, facts)));
    expect(questions).toHaveLength(1);
  });

  it('hides the headers of the proof, and is an authenticator', () => {
    const { authenticator } = proving(() => BOB);
    const hidden = ['x-proof', 'X_Other.Proof', 'Remote-User'].map(authenticator.isIdentityHeader);
    expect(hidden).toEqual([true, true, true]);
    expect(isAuthenticator(authenticator)).toBe(true);
  });

  it('is refused for what is no authenticator of ours, or has a proof already', () => {
    const { authenticator, inner } = proving(() => BOB);
    const proof: Proof = { name: 'p', headers: [], asks: 'always', prove: () => BOB };
    const again = () => withProof(JSON.parse('{}'), proof);
    expect(again).toThrow('authenticator: {} is no authenticator');
    expect(again).toThrow(expect.objectContaining({ code: 'option-invalid' }));
    expect(() => Reflect.apply(withProof, undefined, [authenticator, proof])).toThrow(
      'has a proof already',
    );
    const ofCookie = () => withProof(inner, { ...proof, headers: ['Cookie'] });
    expect(ofCookie).toThrow('p header: "Cookie" has a meaning of its own');
    expect(ofCookie).toThrow(expect.objectContaining({ code: 'option-invalid' }));
  });
});
