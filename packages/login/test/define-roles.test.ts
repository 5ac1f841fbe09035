import { describe, expect, it } from '@jest/globals';
import type { Identity } from '@trusted-header/core';
import fc from 'fast-check';
import { defineRoles, groupsFromText } from '../src/index.js';
import { untyped } from './untyped.js';

const roles = defineRoles({ admin: ['ops', 'team-*'], editor: 'writers', viewer: '*' });
const withGroups = (...groups: string[]): Identity => ({ user: 'decoy-admin', groups });

describe('the roles of an identity', () => {
  it.each([
    [['ops'], ['admin', 'viewer'], 'a group by its name'],
    [['team-blue'], ['admin', 'viewer'], 'a group by its beginning'],
    [['team-'], ['admin', 'viewer'], 'a beginning with nothing behind it'],
    [['team'], ['viewer'], 'less than the beginning'],
    [['my-team-blue'], ['viewer'], 'not at the beginning'],
    [['writers'], ['editor', 'viewer'], 'a line that is one text'],
    [['viewer', 'editor', 'admin'], ['viewer'], 'groups that are called like roles'],
    [['opsx', 'xops', 'op', 'OPS'], ['viewer'], 'names that are not the same'],
    [['*'], ['viewer'], 'a group that is called *'],
    [['team-*'], ['admin', 'viewer'], 'a group that is called like the line'],
    [['writers', 'ops'], ['admin', 'editor', 'viewer'], 'the order is that of the roles'],
    [[], ['viewer'], 'no group at all, and known to be so'],
    [['__proto__', 'constructor'], ['viewer'], 'names of properties'],
  ])('by %j are %j: %s', (groups, expected) => {
    expect(roles.rolesOf(withGroups(...groups))).toEqual(expected);
    expect(roles.highestOf(withGroups(...groups))).toBe(expected[0]);
  });

  it('are none where the groups are not known, also where everybody has one', () => {
    expect(roles.rolesOf({ user: 'ops' })).toEqual([]);
    expect(roles.highestOf({ user: 'ops' })).toBeUndefined();
    expect(roles.has({ user: 'ops' }, 'viewer')).toBe(false);
    expect(roles.hasAtLeast({ user: 'ops' }, 'viewer')).toBe(false);
    expect(roles.rolesOf(untyped(Object.create({ user: 'eve', groups: ['ops'] })))).toEqual([]);
  });

  it('are this one, or this one or a higher one', () => {
    const ops = withGroups('ops');
    expect(roles.has(ops, 'admin')).toBe(true);
    expect(roles.has(ops, 'editor')).toBe(false);
    expect(roles.hasAtLeast(ops, 'editor')).toBe(true);
    expect(roles.hasAtLeast(withGroups('writers'), 'admin')).toBe(false);
    expect(roles.hasAtLeast(withGroups('writers'), 'editor')).toBe(true);
    // A name that no role has is nobody's.
    expect(roles.has(ops, untyped('amdin'))).toBe(false);
    expect(roles.hasAtLeast(ops, untyped('amdin'))).toBe(false);
    expect(roles.hasAtLeast(ops, untyped('__proto__'))).toBe(false);
  });

  it('are compared exactly, or by lower case as in a policy', () => {
    const lower = defineRoles({ admin: ['Ops', 'Team-*', '\u212a'] }, { match: 'lower' });
    expect(lower.rolesOf(withGroups('OPS'))).toEqual(['admin']);
    expect(lower.rolesOf(withGroups('TEAM-blue'))).toEqual(['admin']);
    // U+212A, the Kelvin sign, is no K.
    expect(lower.rolesOf(withGroups('k'))).toEqual([]);
    expect(defineRoles({ admin: 'Ops' }).rolesOf(withGroups('ops'))).toEqual([]);
  });

  it('are not those that somebody has put into every object', () => {
    const polluted = { value: '*', enumerable: true, configurable: true };
    Object.defineProperty(Object.prototype, 'root', polluted);
    try {
      expect(defineRoles({ admin: 'ops' }).names).toEqual(['admin']);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'root');
    }
  });

  it('cannot be changed by who reads them, nor by who wrote the map', () => {
    const lines = ['ops'];
    const own = defineRoles({ admin: lines });
    lines.push('everybody');
    expect(own.rolesOf(withGroups('everybody'))).toEqual([]);
    expect(() => untyped(own.rolesOf(withGroups('ops'))).push('root')).toThrow(TypeError);
    expect(() => untyped(own.names).push('root')).toThrow(TypeError);
  });
});

describe('a map that cannot be meant', () => {
  it.each([
    [{}, 'roles', 'nobody would have any role'],
    [undefined, 'roles', 'a key that is misspelt'],
    [null, 'roles', 'nothing'],
    [[['admin', 'ops']], 'roles', 'a list'],
    [new Map([['admin', 'ops']]), 'roles', 'a Map has no properties'],
    [JSON.parse('{"__proto__":"ops"}'), 'roles.__proto__', 'a name that is a trap'],
    [Object.setPrototypeOf({ viewer: '*' }, { admin: '*' }), 'roles', 'inherited roles'],
    [{ 1: 'ops' }, 'roles.1', 'numbers come before all others, so that they have no rank'],
    [{ '': 'ops' }, 'roles.', 'no name'],
    [{ 'ad min': 'ops' }, 'roles.ad min', 'a space'],
    [{ admin: undefined }, 'roles.admin', 'an environment variable that is not there'],
    [{ admin: '' }, 'roles.admin', 'an environment variable that is empty'],
    [{ admin: ' ops' }, 'roles.admin', 'no group has white space there'],
    [{ admin: ['ops', 'ops\t'] }, 'roles.admin[1]', 'the same in a list'],
    [{ admin: ['ops', 7] }, 'roles.admin[1]', 'a number'],
    [{ admin: Object.assign([], { 0: 'ops', 2: 'dev' }) }, 'roles.admin[1]', 'a hole'],
    [{ admin: '*-ops' }, 'roles.admin', 'a wildcard at the beginning'],
    [{ admin: 'team-*-ops' }, 'roles.admin', 'a wildcard in the middle'],
    [{ admin: '**' }, 'roles.admin', 'two of them'],
    [{ admin: /ops/ }, 'roles.admin', 'a regular expression'],
    [{ admin: () => true }, 'roles.admin', 'a function'],
    [{ admin: true }, 'roles.admin', 'a truth'],
    [{ admin: { groups: ['ops'] } }, 'roles.admin', 'a policy'],
  ])('%j is an error at the start, at %s: %s', (map, option) => {
    expect(() => defineRoles(untyped(map))).toThrow(
      expect.objectContaining({
        code: 'option-invalid',
        issues: [expect.objectContaining({ option })],
      }),
    );
  });

  it.each([
    [{ match: 'upper' }, 'match'],
    [{ match: undefined }, 'match'],
    [{ matches: 'lower' }, 'matches'],
  ])('nor do the options %j pass', (options, option) => {
    expect(() => defineRoles({ admin: 'ops' }, untyped(options))).toThrow(
      expect.objectContaining({ issues: [expect.objectContaining({ option })] }),
    );
  });

  it('names all that is wrong in one error, and what to write instead', () => {
    expect(() => defineRoles({ admin: ['team-*-ops', ' dev'], viewer: '' })).toThrow(
      expect.objectContaining({
        issues: [
          expect.objectContaining({
            option: 'roles.admin[0]',
            instead: `write "team-*", or each group's name`,
          }),
          expect.objectContaining({ option: 'roles.admin[1]', instead: 'write "dev"' }),
          expect.objectContaining({ option: 'roles.viewer' }),
        ],
      }),
    );
  });

  it('may hold a role that nobody has', () => {
    expect(defineRoles({ admin: [], viewer: '*' }).rolesOf(withGroups('ops'))).toEqual(['viewer']);
  });
});

describe('the value of an environment variable', () => {
  it.each([
    ['admins,ops', ['admins', 'ops']],
    [' admins , ops ,', ['admins', 'ops']],
    ['Domain Admins', ['Domain Admins']],
    ['', []],
    [',,', []],
    [undefined, []],
  ])('%j is %j', (text, groups) => {
    expect(groupsFromText(text)).toEqual(groups);
  });

  it('may be split elsewhere, for names that hold commas', () => {
    expect(groupsFromText('cn=a,dc=x;cn=b,dc=x', ';')).toEqual(['cn=a,dc=x', 'cn=b,dc=x']);
  });

  it('gives nobody a role where it is not set', () => {
    const own = defineRoles({ admin: groupsFromText(undefined), viewer: '*' });
    expect(own.rolesOf(withGroups('', 'undefined', 'ops'))).toEqual(['viewer']);
  });
});

describe('whatever is defined', () => {
  const name = fc.constantFrom('a', 'ab', 'abc', 'b', 'bc', 'A', 'ÄB', 'k', '\u212a');
  const line = fc.oneof(
    name,
    name.map((text) => `${text}*`),
    fc.constant('*'),
  );
  const map = fc.dictionary(
    fc.constantFrom('root', 'admin', 'editor', 'viewer', 'constructor'),
    fc.array(line, { maxLength: 4 }),
    { minKeys: 1, noNullPrototype: true },
  );
  const groups = fc.array(name, { maxLength: 5 });
  const match = fc.constantFrom('exact' as const, 'lower' as const);

  it('adding a line never takes a role away', () => {
    fc.assert(
      fc.property(map, groups, match, line, fc.nat(), (given, has, match, more, at) => {
        const before = defineRoles(given, { match }).rolesOf(withGroups(...has));
        const role = Object.keys(given)[at % Object.keys(given).length] ?? '';
        const wider = { ...given, [role]: [...(given[role] ?? []), more] };
        const after = defineRoles(wider, { match }).rolesOf(withGroups(...has));
        expect(after).toEqual(expect.arrayContaining([...before]));
      }),
    );
  });

  it('losing a group never gives a role, and losing all knowledge takes all', () => {
    fc.assert(
      fc.property(map, groups, match, fc.nat(), (given, has, match, at) => {
        const own = defineRoles(given, { match });
        const before = own.rolesOf(withGroups(...has));
        const fewer = has.filter((_, i) => i !== at % Math.max(1, has.length));
        expect(before).toEqual(expect.arrayContaining([...own.rolesOf(withGroups(...fewer))]));
        expect(own.rolesOf({ user: 'a' })).toEqual([]);
      }),
    );
  });

  it('gives what a slow reading of the rule gives, in the order of the map', () => {
    fc.assert(
      fc.property(map, groups, (given, has) => {
        const expected = Object.entries(given)
          .filter(([, lines]) =>
            lines.some((line) =>
              line === '*'
                ? true
                : has.some((group) =>
                    line.endsWith('*') ? group.indexOf(line.slice(0, -1)) === 0 : group === line,
                  ),
            ),
          )
          .map(([role]) => role);
        const own = defineRoles(given);
        expect(own.names).toEqual(Object.keys(given));
        expect(own.rolesOf(withGroups(...has))).toEqual(expected);
        expect(own.highestOf(withGroups(...has))).toBe(expected[0]);
      }),
    );
  });
});

it('knows the names of the roles as a type', () => {
  const alice = withGroups('ops');
  const highest: 'admin' | 'editor' | 'viewer' | undefined = roles.highestOf(alice);
  expect(highest).toBe('admin');
  // @ts-expect-error: a role that is misspelt
  expect(roles.has(alice, 'amdin')).toBe(false);
  // @ts-expect-error: likewise
  expect(roles.hasAtLeast(alice, 'amdin')).toBe(false);
  // @ts-expect-error: not every text is a role
  const text: 'admin' | undefined = roles.highestOf(alice);
  expect(text).toBe('admin');
});
