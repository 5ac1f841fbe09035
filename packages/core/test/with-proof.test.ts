import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type AuthenticatorOptions,
  compileGuard,
  createAuthenticator,
  type DecisionEvent,
  decideUntold,
  isAuthenticator,
  type Proof,
  type ProofQuestion,
  prepareUntold,
  type RequestFacts,
  type Verdict,
  withProof,
} from '../src/index.js';

const PROXY = '172.20.0.2';
const BOB: Verdict = { kind: 'proven', identity: { user: 'bob', groups: ['ops'] } };
const HEADER = ['X-Proof', 'good'];
const REMOTE_BOB = ['Remote-User', 'bob', 'Remote-Groups', 'admin'];

type Answer = (question: ProofQuestion) => Verdict | Promise<Verdict>;

function proving(
  answer: Answer,
  proof: Partial<Proof> = {},
  options: Partial<AuthenticatorOptions> = {},
) {
  const questions: ProofQuestion[] = [];
  const inner = createAuthenticator({ trustedProxies: PROXY, log: false, ...options });
  const authenticator = withProof(inner, {
    name: 'assertion',
    headers: ['X-Proof', 'X-Other-Proof'],
    asks: 'claims',
    ...proof,
    prove(question) {
      questions.push(question);
      return answer(question);
    },
  });
  const ask = (rawHeaders: readonly string[], facts: Partial<RequestFacts> = {}) =>
    authenticator.authenticate({ peer: PROXY, rawHeaders, ...facts });
  return { questions, ask, authenticator, inner };
}

const source = { kind: 'address', address: PROXY };
const refused = (reason: string, header = 'X-Proof', detail?: string) => ({
  kind: 'refused',
  reason,
  header,
  peer: PROXY,
  ...(detail !== undefined && { detail }),
});

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

  it('takes nothing from identity headers but that they name the same user', async () => {
    const { ask } = proving(() => ({ kind: 'proven', identity: { user: 'bob' } }));
    expect(await ask([...REMOTE_BOB, ...HEADER])).toEqual({
      kind: 'authenticated',
      identity: { user: 'bob' },
      source,
    });
  });

  it('refuses a user whom the headers name otherwise, unless the proof replaces them', async () => {
    const lines = ['Remote-User', 'alice', ...HEADER];
    const detail = 'the identity headers name another user';
    expect(await proving(() => BOB).ask(lines)).toEqual(
      refused('proof-invalid', 'X-Proof', detail),
    );
    expect(await proving(() => BOB, { mismatch: 'assertion-mismatch' }).ask(lines)).toEqual(
      refused('assertion-mismatch', 'X-Proof', detail),
    );
    const replacing = proving(() => ({
      kind: 'proven',
      identity: { user: 'bob' },
      replaces: true,
    }));
    expect(await replacing.ask(lines)).toMatchObject({ identity: { user: 'bob' } });
  });

  it('refuses somebody beside a provider’s nobody, and a nobody beside somebody', async () => {
    const profile = { id: 'own', user: { header: 'X-User' }, nobody: ['anonymous'] };
    const nobody = proving(() => BOB, {}, { profile });
    expect(await nobody.ask(['X-User', 'anonymous', ...HEADER])).toMatchObject({
      reason: 'proof-invalid',
    });
    const named: Answer = () => ({ kind: 'proven', identity: { user: 'anonymous' } });
    expect(await proving(named, {}, { profile }).ask(HEADER)).toEqual({
      kind: 'anonymous',
      trusted: true,
    });
    expect(await proving(named, {}, { profile }).ask(['X-User', 'bob', ...HEADER])).toMatchObject({
      reason: 'proof-invalid',
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

  it.each<[string, Answer]>([
    ['throws', () => JSON.parse('{')],
    ['rejects', () => Promise.reject(new Error('no'))],
    ['says nothing', () => JSON.parse('null')],
    ['says something else', () => JSON.parse('{ "kind": "yes" }')],
    ['names nobody at all', () => JSON.parse('{ "kind": "proven" }')],
  ])('refuses with 503 where the proof %s', async (_name, answer) => {
    expect(await proving(answer).ask(HEADER)).toMatchObject({ reason: 'proof-unavailable' });
    const own = proving(answer, { unavailable: 'assertion-unavailable' });
    expect(await own.ask(HEADER)).toMatchObject({ reason: 'assertion-unavailable' });
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

  it('passes on why the proof refuses, and nobody where it says nobody', async () => {
    const { ask } = proving(() => ({
      kind: 'refused',
      reason: 'assertion-expired',
      detail: 'exp',
    }));
    expect(await ask(HEADER)).toEqual(refused('assertion-expired', 'X-Proof', 'exp'));
    const nobody = proving(() => ({ kind: 'anonymous' }));
    expect(await nobody.ask(HEADER)).toEqual({ kind: 'anonymous', trusted: true });
    expect(await nobody.ask([...REMOTE_BOB, ...HEADER])).toMatchObject({ reason: 'proof-missing' });
  });

  it.each([
    [{ user: '' }, 'the user: it is empty, or has white space at its ends'],
    [{ user: ' bob' }, 'the user: it is empty, or has white space at its ends'],
    [{ user: 'bo\u200db' }, 'the user: the invisible character U+200D'],
    [{ user: 'bob\n' }, 'the user: the invisible character U+000A'],
    [{ user: '(null)' }, 'the user: a placeholder that nobody filled in'],
    [{ user: 'b'.repeat(257) }, 'the user: userBytes 257 > limits.userBytes 256'],
    [{ user: 7 }, 'the user: it is no text'],
    [{ user: ['bob'] }, 'the user: it is no text'],
    [{}, 'there is no user'],
    [{ user: 'bob', groups: 'ops' }, 'the groups: they are no list'],
  ])('reads whom the proof names as strictly as headers: %j', async (identity, detail) => {
    const answer: Answer = () => JSON.parse(JSON.stringify({ kind: 'proven', identity }));
    const { ask } = proving(answer, { unusable: 'assertion-subject' });
    expect(await ask(HEADER)).toEqual(refused('assertion-subject', 'X-Proof', detail));
  });

  it('leaves out ornaments that cannot be read, with a warning each', async () => {
    const events: DecisionEvent[] = [];
    const identity = {
      user: 'Jürgen',
      groups: ['ops', '', 'o\u0000ps', 'ops', 'Domain Admins'],
      name: 'Jose\u0301',
      email: 'no address',
      extra: { uid: '7', bad: '\u0000' },
    };
    const onDecision = (event: DecisionEvent) => void events.push(event);
    const { ask } = proving(() => ({ kind: 'proven', identity }), {}, { onDecision });
    expect(await ask(HEADER)).toEqual({
      kind: 'authenticated',
      identity: {
        user: 'Jürgen',
        groups: ['ops', 'Domain Admins'],
        name: 'José',
        extra: { uid: '7' },
      },
      source,
    });
    expect(events.map(({ warnings }) => warnings.map(({ code }) => code))).toEqual([
      ['group-dropped', 'email-dropped', 'extra-dropped'],
    ]);
    expect(Object.keys(events[0] ?? {}).sort()).toEqual(['decision', 'time', 'warnings']);
  });

  it('asks the proof, and not the headers, for what is required', async () => {
    const { ask } = proving(
      () => ({ kind: 'proven', identity: { user: 'bob' } }),
      {},
      {
        required: ['groups'],
      },
    );
    expect(await ask([...REMOTE_BOB, ...HEADER])).toMatchObject({ reason: 'header-missing' });
    const withGroups = proving(() => BOB, {}, { required: ['groups'] });
    expect(await withGroups.ask(['Remote-User', 'bob', ...HEADER])).toMatchObject({
      identity: { user: 'bob', groups: ['ops'] },
    });
    const inTest = await withGroups.ask(['Remote-User', 'bob'], { fromTest: true });
    expect(inTest).toMatchObject({ reason: 'header-missing' });
  });

  it('judges by the list that is in force when the answer comes', async () => {
    const { ask, inner } = proving(async () => {
      inner.setTrustedProxies('172.20.0.3');
      return BOB;
    });
    expect(await ask(HEADER)).toMatchObject({ kind: 'refused', reason: 'peer-untrusted' });
  });

  it('refuses a request whose proof nobody has waited for', async () => {
    const { authenticator } = proving(async () => BOB);
    const facts: RequestFacts = { peer: PROXY, rawHeaders: HEADER };
    expect(decideUntold(authenticator, facts).decision).toMatchObject({
      kind: 'refused',
      reason: 'proof-unavailable',
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
    expect(again).toThrow('is no authenticator');
    expect(() => Reflect.apply(withProof, undefined, [authenticator, proof])).toThrow(
      'has a proof already',
    );
    expect(() => withProof(inner, { ...proof, headers: ['Cookie'] })).toThrow(
      'has a meaning of its own',
    );
  });
});

describe('a polluted Object.prototype', () => {
  afterEach(() => {
    for (const name of ['groups', 'extra', 'replaces']) {
      Reflect.deleteProperty(Object.prototype, name);
    }
  });

  it('gives nobody groups that the proof does not name', async () => {
    const { ask } = proving(() => ({ kind: 'proven', identity: { user: 'bob' } }));
    Object.defineProperty(Object.prototype, 'groups', { value: ['admin'], configurable: true });
    Object.defineProperty(Object.prototype, 'extra', { value: { a: 'b' }, configurable: true });
    const decision = await ask(HEADER);
    expect(decision.kind === 'authenticated' && Object.keys(decision.identity)).toEqual(['user']);
  });

  it('lets no proof stand for another user than the headers name', async () => {
    const { ask } = proving(() => BOB);
    Object.defineProperty(Object.prototype, 'replaces', { value: true, configurable: true });
    expect(await ask(['Remote-User', 'alice', ...HEADER])).toMatchObject({ kind: 'refused' });
  });
});
