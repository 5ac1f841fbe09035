import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitEscaped } from '../src/identity/split-escaped.js';
import {
  createAuthenticator,
  type DecisionWarning,
  type GroupsSource,
  type HeaderProfile,
} from '../src/index.js';
import { runs } from './arbitraries.js';
import { fastest } from './fastest.js';

const PROXY = '172.20.0.2';
const WRONG = 'a backslash that escapes nothing';

function groupsOf(value: string, source: Partial<GroupsSource>): unknown {
  let warnings: readonly DecisionWarning[] = [];
  const profile: HeaderProfile = {
    id: 'x',
    user: { header: 'X-User' },
    groups: { header: 'X-Groups', ...source },
  };
  const { authenticate } = createAuthenticator({
    trustedProxies: PROXY,
    profile,
    log: false,
    onDecision: (event) => {
      warnings = event.warnings;
    },
  });
  const decision = authenticate({
    peer: PROXY,
    rawHeaders: ['X-User', 'john', 'X-Groups', value],
  });
  if (decision.kind !== 'authenticated') return decision;
  const details = warnings.map(({ code, detail }) => `${code}: ${detail}`);
  return [decision.identity.groups, ...details];
}

describe('groups with an escaped separator', () => {
  it.each([
    ['staff;a\\;b;dev', ['staff', 'a;b', 'dev'], 'one group with a semicolon'],
    ['CORP\\admins;dev', ['CORP\\admins', 'dev'], 'a backslash is itself elsewhere'],
    ['\\\\server;dev\\', ['\\\\server', 'dev\\'], 'two of them, and one at the end'],
    ['a\\\\;admin', ['a\\;admin'], 'never two groups, though it might be: fewer mean less'],
    ['\\;', [';'], 'the separator alone'],
    [';a;;a; b ;', ['a', 'b'], 'empty, twice, and trimmed, as ever'],
  ])('%j are %j where it alone is escaped: %s', (value, groups, _why) => {
    expect(groupsOf(value, { separator: ';', escape: 'separator' })).toEqual([groups]);
  });

  it.each([
    ['a\\,b,dev', ['a,b', 'dev'], 'one group with a comma'],
    ['CORP\\\\admins,dev', ['CORP\\admins', 'dev'], 'a backslash'],
    ['a\\\\,admin', ['a\\', 'admin'], 'a backslash at the end of the first'],
    ['a\\\\\\,admin', ['a\\,admin'], 'a backslash, and a comma of the group’s own'],
  ])('%j are %j where the backslash is escaped too: %s', (value, groups, _why) => {
    expect(groupsOf(value, { escape: 'both' })).toEqual([groups]);
  });

  it.each([
    ['CORP\\admins,dev', ['dev'], 'one that should have been two'],
    ['dev,a\\', ['dev'], 'at the end'],
    ['a\\ ,dev', ['dev'], 'before white space'],
    ['\\x\\,admin,dev', ['dev'], 'a comma behind it stays in the group that is left out'],
  ])('of %j only %j stay: a wrong backslash costs its group: %s', (value, groups, _why) => {
    expect(groupsOf(value, { escape: 'both' })).toEqual([groups, `group-dropped: ${WRONG}`]);
  });

  it('may have a separator of several characters, and any encoding', () => {
    expect(groupsOf('a\\::b::c', { separator: '::', escape: 'both' })).toEqual([['a::b', 'c']]);
    const encoded = Buffer.from('ü\\,x,y').toString('base64url');
    expect(groupsOf(encoded, { escape: 'both', encoding: 'base64url' })).toEqual([['ü,x', 'y']]);
  });

  it('counts the bytes of a group without its escapes', () => {
    const group = 'g,'.repeat(512);
    const value = group.replaceAll(',', '\\,');
    expect(groupsOf(value, { escape: 'both' })).toEqual([[group]]);
    expect(groupsOf(`${value}x`, { escape: 'both' })).toEqual([
      [],
      'group-dropped: groupBytes 1025 > limits.groupBytes 1024',
    ]);
  });

  it.each<[object, string]>([
    [
      { escape: '\\' },
      `profile.groups.escape: "\\\\" is no way to escape; write 'separator' or 'both', or leave it out`,
    ],
    [
      { escape: 'both', separator: 'line' },
      'profile.groups.escape: "both" has nothing to escape; leave it out: lines, names and white space have no escapes, nor has the backslash',
    ],
    [{ escape: 'both', separator: ' ' }, 'profile.groups.escape: "both" has nothing to escape'],
    [{ escape: 'both', separator: '\\' }, 'profile.groups.escape: "both" has nothing to escape'],
    [{ escape: 'both', format: 'dn-list' }, 'profile.groups.escape: "both" has nothing to escape'],
  ])('is refused at start as %j', (source, message) => {
    const profile = { id: 'x', user: { header: 'X-User' }, groups: { header: 'G', ...source } };
    const create = () =>
      Reflect.apply(createAuthenticator, undefined, [{ trustedProxies: PROXY, profile }]);
    expect(create).toThrow(message);
  });
});

/** Texts of what escapes are made of. */
const text = fc.string({ unit: fc.constantFrom('\\', ',', ';', ':', 'a'), maxLength: 12 });
/** None that begins as it ends, as `::` does: of those two senders could mean two things. */
const separator = fc.constantFrom(',', ';', ':a');

describe('splitEscaped', () => {
  it('gives back any list whose texts were escaped', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), separator, (list, by) => {
        const line = list.map((item) => escaped(item, by)).join(by);
        expect(splitEscaped(line, by, 'both')).toEqual(list);
      }),
      runs(500),
    );
  });

  it('gives back any list whose separators were escaped, where no text ends in a backslash', () => {
    const plain = text.filter((item) => !item.endsWith('\\'));
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1 }), (list) => {
        const line = list.map((item) => item.replaceAll(';', '\\;')).join(';');
        expect(splitEscaped(line, ';', 'separator')).toEqual(list);
      }),
      runs(500),
    );
  });

  it('never makes a group that splitting at every separator would not make more of', () => {
    fc.assert(
      fc.property(text, separator, (line, by) => {
        for (const mode of ['both', 'separator'] as const) {
          const pieces = splitEscaped(line, by, mode);
          expect(pieces.length).toBeLessThanOrEqual(line.split(by).length);
        }
      }),
      runs(500),
    );
  });

  it('reads a line in one way only: what it reads, escaped again, is that line', () => {
    fc.assert(
      fc.property(text, separator, (line, by) => {
        const pieces = splitEscaped(line, by, 'both');
        fc.pre(pieces.every((piece) => piece !== undefined));
        expect(pieces.map((piece = '') => escaped(piece, by)).join(by)).toBe(line);
      }),
      runs(500),
    );
  });

  it('takes a time that grows with the line, not with its square', () => {
    const line = '\\,'.repeat(50_000);
    const split = () => expect(splitEscaped(line, ',', 'both')).toHaveLength(1);
    expect(fastest(split)).toBeLessThan(250);
  });
});

/** As mod_auth_openidc writes it: from left to right, the backslash first. */
function escaped(item: string, by: string): string {
  let made = '';
  for (let i = 0; i < item.length; ) {
    const taken = item[i] === '\\' ? '\\' : item.startsWith(by, i) ? by : '';
    made += taken === '' ? item[i] : `\\${taken}`;
    i += taken.length || 1;
  }
  return made;
}
