import { afterEach, describe, expect, it } from '@jest/globals';
import type { DecisionEvent, Proof } from '../src/index.js';
import { type Answer, BOB, HEADER, proving, REMOTE_BOB, refused, source } from './proving.js';

describe('the answer of a proof', () => {
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

  it('names the header of a proof that fails, or says something else', async () => {
    const failing = proving(() => Promise.reject(new Error('no')));
    expect(await failing.ask(HEADER)).toEqual(refused('proof-unavailable'));
    const other = proving(() => JSON.parse('{ "kind": "yes" }'));
    expect(await other.ask(HEADER)).toEqual(refused('proof-unavailable'));
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
    expect(await nobody.ask([...REMOTE_BOB, ...HEADER])).toEqual(refused('proof-missing'));
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
    expect(await proving(answer).ask(HEADER)).toEqual(refused('proof-invalid', 'X-Proof', detail));
  });

  it('believes all that the proof says of a user', async () => {
    const identity = {
      user: 'bob',
      groups: ['ops'],
      name: 'Bob',
      email: 'bob@example.com',
      extra: { uid: '7' },
    };
    expect(await proving(() => ({ kind: 'proven', identity })).ask(HEADER)).toStrictEqual({
      kind: 'authenticated',
      identity: {
        user: 'bob',
        groups: ['ops'],
        name: 'Bob',
        email: 'bob@example.com',
        extra: { uid: '7' },
      },
      source,
    });
  });

  it('is nobody where it names the nobody of one of several profiles', async () => {
    const profile = ['authelia', 'kubernetes'] as const;
    const named: Answer = () => ({ kind: 'proven', identity: { user: 'system:anonymous' } });
    expect(await proving(named, {}, { profile }).ask(HEADER)).toEqual({
      kind: 'anonymous',
      trusted: true,
    });
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
    expect(await ask(HEADER)).toStrictEqual({
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

  it.each([
    [{ email: 'bob' }, 'email-dropped', 'not one @ between two parts'],
    [{ email: 7 }, 'email-dropped', 'it is no text'],
    [{ email: ' ' }, 'email-dropped', 'it is empty, or has white space at its ends'],
    [{ name: 7 }, 'name-dropped', 'it is no text'],
    [{ name: '' }, 'name-dropped', 'it is empty, or has white space at its ends'],
    [{ name: 'B\u0000b' }, 'name-dropped', 'the invisible character U+0000'],
    [{ name: 'ü'.repeat(3) }, 'name-dropped', 'nameBytes 6 > limits.nameBytes 5'],
    [{ groups: ['ops', 7] }, 'group-dropped', 'it is no text'],
    [{ groups: ['ops', 'dev '] }, 'group-dropped', 'it is empty, or has white space at its ends'],
  ])('says of %j why it is left out', async (ornaments, code, detail) => {
    const events: DecisionEvent[] = [];
    const onDecision = (event: DecisionEvent) => void events.push(event);
    const identity = JSON.parse(JSON.stringify({ user: 'bob', ...ornaments }));
    const options = { onDecision, limits: { nameBytes: 5 } };
    const { ask } = proving(() => ({ kind: 'proven', identity }), {}, options);
    expect(await ask(HEADER)).toMatchObject({ kind: 'authenticated', identity: { user: 'bob' } });
    expect(events.map(({ warnings }) => warnings)).toMatchObject([[{ code, detail }]]);
  });

  it('bounds groups as those of headers are', async () => {
    const limits = { groups: 3, groupsBytes: 6, groupBytes: 4, nameBytes: 5 };
    const of = (groups: readonly string[]) =>
      proving(
        () => ({ kind: 'proven', identity: { user: 'bob', groups, name: 'Bobby' } }),
        {},
        { limits },
      ).ask(HEADER);
    const identity = (groups: readonly string[]) => ({ identity: { groups, name: 'Bobby' } });
    expect(await of(['ü', 'b', 'abc'])).toMatchObject(identity(['ü', 'b', 'abc']));
    expect(await of(['a', 'b', 'c', 'd'])).toEqual(
      refused('proof-invalid', 'X-Proof', 'the groups: groups 4 > limits.groups 3'),
    );
    expect(await of(['abcd', 'üx'])).toEqual(
      refused('proof-invalid', 'X-Proof', 'the groups: groupsBytes 7 > limits.groupsBytes 6'),
    );
    expect(await of(['abcde', 'x'])).toMatchObject(identity(['x']));
  });

  it('asks the proof, and not the headers, for what is required', async () => {
    const { ask } = proving(
      () => ({ kind: 'proven', identity: { user: 'bob' } }),
      {},
      {
        required: ['groups'],
      },
    );
    expect(await ask([...REMOTE_BOB, ...HEADER])).toEqual(
      refused('header-missing', 'X-Proof', 'there is no groups, which `required` asks for'),
    );
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

  it.each<[what: string, untrusted: 'refuse' | 'ignore', asks: Proof['asks'], lines: string[]]>([
    ['whose claims are ignored', 'ignore', 'claims', HEADER],
    ['who claims nothing', 'refuse', 'always', []],
  ])('believes nobody who is a stranger by then, %s', async (_, untrusted, asks, lines) => {
    const answer: Answer = async () => {
      inner.setTrustedProxies('172.20.0.3');
      return BOB;
    };
    const { ask, inner } = proving(answer, { asks }, { untrusted });
    expect(await ask(lines)).toEqual({ kind: 'anonymous', trusted: false });
  });

  it('is a stranger’s claim where the proof has no answer by then', async () => {
    const { ask, inner } = proving(async () => {
      inner.setTrustedProxies('172.20.0.3');
      throw new Error('no answer');
    });
    expect(await ask(HEADER)).toMatchObject({ kind: 'refused', reason: 'peer-untrusted' });
  });

  it('tells by which profile the headers were read that name the same user', async () => {
    const events: DecisionEvent[] = [];
    const { ask } = proving(() => BOB, {}, { onDecision: (event) => events.push(event) });
    await ask([...REMOTE_BOB, ...HEADER]);
    expect(events.map(({ profile }) => profile)).toEqual(['authelia']);
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
