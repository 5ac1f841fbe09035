import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  createAuthenticator,
  type Decision,
  type DecisionWarning,
  type HeaderProfile,
  type Limits,
} from '../src/index.js';
import { runs } from './arbitraries.js';

const PROXY = '172.20.0.2';

/** Short enough for texts of a property to be over them. */
const LIMITS: Limits = {
  userBytes: 6,
  nameBytes: 7,
  emailBytes: 8,
  extraBytes: 5,
  groupsBytes: 14,
  groups: 3,
  groupBytes: 4,
};

const profileWith = (separator: string): HeaderProfile => ({
  id: 'test',
  user: { header: 'Remote-User' },
  groups: { header: 'Remote-Groups', separator },
  name: { header: 'Remote-Name' },
  email: { header: 'Remote-Email' },
});

interface Read {
  readonly decision: Decision;
  readonly warnings: readonly DecisionWarning[] | undefined;
}

type Values = readonly (readonly [header: string, value: string])[];

/** Gives what reads values behind some text: white space is trimmed, and makes a value one to be looked at closely. */
function compileRead(
  separator = ',',
  limits: Partial<Limits> = {},
  more: Partial<HeaderProfile> = {},
): (values: Values, before?: string) => Read {
  let warnings: readonly DecisionWarning[] | undefined;
  const { authenticate } = createAuthenticator({
    trustedProxies: PROXY,
    profile: { ...profileWith(separator), ...more },
    limits,
    log: false,
    onDecision: (event) => {
      warnings = event.warnings;
    },
  });
  return (values, before = '') => {
    const rawHeaders = values.flatMap(([header, value]) => [header, `${before}${value}`]);
    const decision = authenticate({ peer: PROXY, rawHeaders });
    return { decision, warnings };
  };
}

/** What separates, what may not begin, placeholders' marks, the ends of ranges, bytes of UTF-8, and bytes that are none. */
const text = (most: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'Z', '0', '9', '_', '.'), maxLength: most }),
    fc.string({
      unit: fc.constantFrom(...'azAZ09 ,|-@.+_\'()/:$#&{}%<>[]~!"\t\x7f\x00\xa6', 'Ã¼'),
      maxLength: most,
    }),
  );

const wire = (given: string): string => Buffer.from(given, 'utf8').toString('latin1');

/** A claim that is ordinary but for what is said of it. */
const claimOf = (values: Readonly<Record<string, string>>): Values =>
  Object.entries({
    'Remote-User': 'john',
    'Remote-Groups': 'admin',
    'Remote-Name': 'John',
    'Remote-Email': 'j@x.y',
    ...values,
  });

describe('a short cut for ordinary values', () => {
  it('comes to what a close look comes to', () => {
    const readers = [',', '|', ' ', ';', 'a', '-', '\xa6', ', ', 'line'].map((separator) =>
      compileRead(separator, LIMITS),
    );
    fc.assert(
      fc.property(
        // One that is not ordinary is enough for a closer look.
        fc.oneof(
          fc.record({ 'Remote-User': text(8) }),
          fc.record({ 'Remote-Groups': text(16) }),
          fc.record({ 'Remote-Name': text(9) }),
          fc.record({ 'Remote-Email': text(9) }),
          fc.record({ 'Remote-Email': fc.tuple(text(4), text(4)).map((parts) => parts.join('@')) }),
          fc.record({ 'Remote-User': text(8), 'Remote-Groups': text(16), 'Remote-Name': text(9) }),
        ),
        fc.constantFrom(...readers),
        (odd, read) => {
          const values = claimOf({ 'Remote-Groups': 'dev', ...odd });
          expect(read(values)).toEqual(read(values, '\t'));
        },
      ),
      runs(1_000),
    );
  });
});

describe('a short cut and the long way', () => {
  const read = compileRead(',', LIMITS);
  /** With one header more than the short cut knows. */
  const readAtLength = compileRead(',', LIMITS, { extra: { team: { header: 'Remote-Team' } } });

  /** Claims with a text in each place that it can have. One rule is that of users and of names, so that both have it as well. */
  const claimsWith = (odd: string): readonly Values[] =>
    [
      { 'Remote-User': odd },
      { 'Remote-Name': odd },
      { 'Remote-User': odd, 'Remote-Name': odd },
      { 'Remote-Groups': odd },
      { 'Remote-Groups': `dev,${odd},qa` },
      { 'Remote-Email': odd },
      { 'Remote-Email': `${odd}@x.y` },
      { 'Remote-Email': `j@${odd}` },
    ].map((values) => claimOf({ 'Remote-Groups': 'dev', ...values }));

  const differences = (texts: readonly string[]): readonly Values[] =>
    texts
      .flatMap(claimsWith)
      .filter((values) => JSON.stringify(read(values)) !== JSON.stringify(readAtLength(values)));

  it('agree about every character, alone, first, in the middle and last', () => {
    const bytes = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte));
    const others = Array.from('\u0100\u200b\u202e\u212a\u2800\ufeff\uff20\uff21\u{1f680}');
    const all = [...bytes, ...others, ...[...bytes.slice(128), ...others].map(wire)];
    expect(differences(all.flatMap((odd) => [odd, `${odd}n`, `j${odd}n`, `j${odd}`]))).toEqual([]);
  });

  it('agree about every length, up to the limits and over them', () => {
    const lengths = Array.from({ length: 18 }, (_, length) => length);
    const words = lengths.map((length) => 'j'.repeat(length));
    const lists = lengths.map((length) => 'dev,qa,'.repeat(3).slice(0, length));
    expect(differences([...words, ...lists, 'a,b', 'a,b,c', 'a,b,c,d'])).toEqual([]);
  });
});

describe('a user and a name beside all that a claim may have', () => {
  const read = compileRead();

  it.each([
    ['(null)', 'refused', undefined],
    ['\x01john', 'refused', undefined],
    ['jo\x7fhn', 'refused', undefined],
    ['j\x7fn', 'refused', undefined],
    ['john\x7f', 'refused', undefined],
    ['j', 'authenticated', 'j'],
    ['john', 'authenticated', 'john'],
    ['Jo (the 1st)', 'authenticated', 'Jo (the 1st)'],
    [' john ', 'authenticated', 'john'],
  ])('%j is %s: %j', (value, kind, text) => {
    const { decision } = read(claimOf({ 'Remote-User': value }));
    expect(decision.kind).toBe(kind);
    expect(decision.kind === 'authenticated' ? decision.identity.user : undefined).toBe(text);
    const named = read(claimOf({ 'Remote-Name': value })).decision;
    expect(named.kind === 'authenticated' && named.identity.name).toBe(text);
  });
});

it('keeps to the limits where all else is ordinary', () => {
  const read = compileRead(',', LIMITS);
  const dev = { 'Remote-Groups': 'dev' };
  expect(read(claimOf({ ...dev, 'Remote-User': 'johnny' })).decision.kind).toBe('authenticated');
  expect(read(claimOf({ ...dev, 'Remote-User': 'johnny7' })).decision.kind).toBe('refused');
  const admins = claimOf({ 'Remote-Groups': 'dev,ops,qa,dev,x' });
  expect(read(admins).decision.kind).toBe('refused');
  const dropped = (odd: Readonly<Record<string, string>>) =>
    read(claimOf({ ...dev, ...odd })).warnings?.map(({ code }) => code);
  expect(dropped({ 'Remote-Name': 'JohnDoe' })).toEqual([]);
  expect(dropped({ 'Remote-Name': 'JohnDoe8' })).toEqual(['name-dropped']);
  expect(dropped({ 'Remote-Email': 'j@exam.p' })).toEqual([]);
  expect(dropped({ 'Remote-Email': 'j@examp.l' })).toEqual(['email-dropped']);
});

it('takes each value from its own header, also where a user is an address', () => {
  const { decision } = compileRead()(claimOf({ 'Remote-User': 'eve@example.com' }));
  expect(decision).toMatchObject({
    identity: { user: 'eve@example.com', groups: ['admin'], name: 'John', email: 'j@x.y' },
  });
});

describe('an email of ordinary characters', () => {
  const read = compileRead();

  it.each([
    ['john@example.com', 'john@example.com'],
    ['9+a.b-c_d@x-y.z', '9+a.b-c_d@x-y.z'],
    ['J@1', 'J@1'],
    ['_@_', '_@_'],
    ['john', undefined],
    ['@example.com', undefined],
    ['john@', undefined],
    ['john@@example.com', undefined],
    ['john@a@b', undefined],
    ['john@a,jane@b', undefined],
    ['john@a b', 'john@a b'],
    ['jo\x7fhn@a', undefined],
    ['\x7fjohn@a', undefined],
    ['j\x7f@a', undefined],
    ['john@a\x7f', undefined],
    ['john@a\x01b', undefined],
  ])('%j is %j', (value, email) => {
    const { decision } = read(claimOf({ 'Remote-Email': value }));
    expect(decision.kind === 'authenticated' && decision.identity.email).toBe(email);
  });
});

describe('groups of a line', () => {
  const groupsOf = (
    line: string,
    separator = ',',
    limits: Partial<Limits> = {},
  ): readonly string[] | string | undefined => {
    const { decision } = compileRead(separator, limits)(claimOf({ 'Remote-Groups': line }));
    if (decision.kind === 'authenticated') return decision.identity.groups;
    return decision.kind === 'refused' ? decision.detail : decision.kind;
  };

  it.each([
    ['admin,dev', ['admin', 'dev'], 'as nearly all are'],
    ['dev', ['dev'], 'one'],
    ['', [], 'none'],
    [' ', [], 'white space'],
    [',', [], 'a separator'],
    [',,dev,,', ['dev'], 'empty ones'],
    ['dev,ops,dev', ['dev', 'ops'], 'one twice'],
    ['dev,ops,ops', ['dev', 'ops'], 'the last one twice'],
    [' dev , ops ', ['dev', 'ops'], 'white space round them'],
    ['Domain Admins,dev', ['Domain Admins', 'dev'], 'white space in them'],
    ['9,0a,Z,z,A', ['9', '0a', 'Z', 'z', 'A'], 'the ends of ranges'],
    ["a_b-c.d+e/f'(g)@h", ["a_b-c.d+e/f'(g)@h"], 'marks'],
    ['-,dev', ['dev'], 'a placeholder'],
    ['dev,-', ['dev'], 'a placeholder behind'],
    ['(null),dev', ['dev'], 'another one'],
    ['_a,/b,-c,@d,(e)', ['_a', '/b', '-c', '@d', '(e)'], 'marks before them'],
    ['role:admin,dev', ['role:admin', 'dev'], 'a mark that is looked at closely'],
  ])('%j are %j: %s', (line, groups, _why) => {
    expect(groupsOf(line)).toEqual(groups);
  });

  it.each([
    ['dev|ops', '|', ['dev', 'ops']],
    ['dev ops', ' ', ['dev', 'ops']],
    ['deaops', 'a', ['de', 'ops']],
    ['dev, ops', ', ', ['dev', 'ops']],
    ['dev--ops', '--', ['dev', 'ops']],
    ['dev;ops', ',', ['dev;ops']],
  ])('%j separated by %j are %j', (line, separator, groups) => {
    expect(groupsOf(line, separator)).toEqual(groups);
  });

  it('are split as text, by a separator that is no ASCII, and never in the middle of a character', () => {
    expect(groupsOf('dev\xc2\xa6ops', '¦')).toEqual(['dev', 'ops']);
    expect(groupsOf('dev\xa6ops', '¦')).toBe('bytes that are not utf-8');
  });

  it('are as many, and as long, as the limits say', () => {
    const limits = { groups: 2, groupBytes: 3, groupsBytes: 9 };
    expect(groupsOf('abc,def', ',', limits)).toEqual(['abc', 'def']);
    expect(groupsOf('abc,abc,d', ',', limits)).toEqual(['abc', 'd']);
    expect(groupsOf('a,b,c', ',', limits)).toBe('groups 3 > limits.groups 2');
    expect(groupsOf('abcd,e', ',', limits)).toEqual(['e']);
    expect(groupsOf('e,abcd', ',', limits)).toEqual(['e']);
    expect(groupsOf('abc,def,ab', ',', limits)).toBe('groupsBytes 10 > limits.groupsBytes 9');
    expect(groupsOf('abc,def,a', ',', limits)).toBe('groups 3 > limits.groups 2');
    expect(groupsOf('abc,def,,', ',', limits)).toEqual(['abc', 'def']);
  });

  it('are found where they are more than a short list, each once', () => {
    const names = Array.from({ length: 100 }, (_, i) => `g${i}`);
    expect(groupsOf([...names, ...names].join())).toEqual(names);
  });
});

describe('what only looks ordinary', () => {
  /** Ordinary to look at: the text `john`, `admin`, `John` and `j@x.y` in base64. */
  const BASE64 = {
    user: ['Remote-User', 'am9obg', 'john'],
    groups: ['Remote-Groups', 'YWRtaW4', ['admin']],
    name: ['Remote-Name', 'Sm9obg', 'John'],
  } as const;

  const identityBy = (profile: HeaderProfile, values: Values): unknown => {
    const options = { trustedProxies: PROXY, profile, log: false } as const;
    const decision = createAuthenticator(options).authenticate({
      peer: PROXY,
      rawHeaders: values.flat(),
    });
    return decision.kind === 'authenticated' ? decision.identity : decision;
  };

  it.each(['user', 'groups', 'name'] as const)('is decoded where only the %s is encoded', (key) => {
    const [header, value, text] = BASE64[key];
    const profile = { ...profileWith(','), [key]: { header, encoding: 'base64url' } };
    expect(identityBy(profile, claimOf({ [header]: value }))).toEqual({
      ...{ user: 'john', groups: ['admin'], name: 'John', email: 'j@x.y' },
      [key]: text,
    });
  });

  it('is decoded where every value is encoded', () => {
    const profile: HeaderProfile = {
      id: 'test',
      user: { header: 'Remote-User', encoding: 'base64url' },
      groups: { header: 'Remote-Groups', encoding: 'base64url' },
      name: { header: 'Remote-Name', encoding: 'base64url' },
      email: { header: 'Remote-Email', encoding: 'percent' },
    };
    const encoded = Object.values(BASE64).map(([header, value]) => [header, value]);
    expect(identityBy(profile, claimOf(Object.fromEntries(encoded)))).toEqual({
      ...{ user: 'john', groups: ['admin'], name: 'John', email: 'j@x.y' },
    });
  });

  it('has what stands before every value taken off', () => {
    const profile = { ...profileWith(','), user: { header: 'Remote-User', prefix: 'accounts.' } };
    expect(identityBy(profile, claimOf({ 'Remote-User': 'accounts.john' }))).toMatchObject({
      user: 'john',
    });
  });

  it('has it taken off where every header has one, and the groups inherit it', () => {
    const prefix = 'x.';
    const profile: HeaderProfile = {
      id: 'test',
      user: { header: 'Remote-User', prefix },
      groups: Object.assign(Object.create({ prefix }), { header: 'Remote-Groups' }),
      name: { header: 'Remote-Name', prefix },
      email: { header: 'Remote-Email', prefix },
    };
    const values = { 'Remote-User': 'x.john', 'Remote-Name': 'x.John', 'Remote-Email': 'x.j@x.y' };
    expect(identityBy(profile, claimOf(values))).toEqual({
      ...{ user: 'john', groups: ['admin'], name: 'John', email: 'j@x.y' },
    });
  });

  it('has its extra value beside the four', () => {
    const profile = { ...profileWith(','), extra: { team: { header: 'Remote-Team' } } };
    expect(identityBy(profile, claimOf({ 'Remote-Team': 'red' }))).toEqual({
      ...{ user: 'john', groups: ['admin'], name: 'John', email: 'j@x.y' },
      extra: { team: 'red' },
    });
  });

  it('is nobody by the name that the provider has for nobody', () => {
    const profile = { ...profileWith(','), nobody: ['guest'] };
    expect(identityBy(profile, claimOf({ 'Remote-User': 'guest' }))).toEqual({
      kind: 'anonymous',
      trusted: true,
    });
  });

  it.each(['groups', 'name', 'email'])('may be there without %s, sent or looked for', (missing) => {
    const whole = { user: 'john', groups: ['admin'], name: 'John', email: 'j@x.y' };
    const rest = Object.entries(whole).filter(([key]) => key !== missing);
    const values = claimOf({}).filter(([header]) => header.toLowerCase() !== `remote-${missing}`);
    expect(identityBy(profileWith(','), values)).toEqual(Object.fromEntries(rest));
    const { id, user, ...others } = profileWith(',');
    const had = Object.entries(others).filter(([key]) => key !== missing);
    const profile: HeaderProfile = { id, user, ...Object.fromEntries(had) };
    expect(identityBy(profile, claimOf({}))).toEqual(Object.fromEntries(rest));
  });

  it('has no more bytes of groups than the limit, few as they are', () => {
    const { decision } = compileRead(',', { groupsBytes: 4 })(
      claimOf({ 'Remote-Groups': 'admin' }),
    );
    expect(decision).toMatchObject({ reason: 'header-malformed', header: 'Remote-Groups' });
  });
});
