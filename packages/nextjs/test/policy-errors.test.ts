import { describe, expect, it } from '@jest/globals';
import { compileAnonymous } from '@trusted-header/core';
import { defineRoles } from '@trusted-header/login';
import { signIn, trustedHeaderProxy } from '../src/index.js';
import { untyped } from './untyped.js';

const ADMINS = { groups: { anyOf: ['admins'] } };

function messageOf(policies: unknown): string {
  try {
    trustedHeaderProxy({ policies: untyped(policies) });
    return 'no error';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : 'something else';
  }
}

describe('policies per path, at construction', () => {
  it.each([
    [undefined, 'ConfigError: policies: undefined was given, and is undefined; write {'],
    [null, 'ConfigError: policies: null is no list of policies; write { '],
    [[], 'ConfigError: policies: [] is no list of policies; write { '],
    ['/admin', 'ConfigError: policies: "/admin" is no list of policies; write { '],
    [new Map(), 'ConfigError: policies: {} is no list of policies; write { '],
    [
      { 'admin/*': ADMINS },
      'ConfigError: policies["admin/*"]: "admin/*" does not begin with /; write \'/admin/*\'',
    ],
    [{ '/a*b': ADMINS }, 'policies["/a*b"]: "/a*b" has a * elsewhere than behind the last /;'],
    [{ '/%61': ADMINS }, 'policies["/%61"]: "/%61" can be read in two ways; write a path without'],
    [{ '/admin/*': undefined }, 'policies["/admin/*"]: undefined was given, and is undefined;'],
    [{ '/admin/*': null }, 'policies["/admin/*"]: null '],
    [{ '/admin/*': { group: ['a'] } }, 'policies["/admin/*"].group: "group" is not a setting;'],
    [
      { '/admin/*': { groups: { anyOf: 'admins' } } },
      'policies["/admin/*"].groups.anyOf: "admins" is not a list of names;',
    ],
    [
      { '/admin/*': { role: 'admin' } },
      'policies["/admin/*"]: {"role":"admin"} names a role; write it in followSession({ policies }) of signIn',
    ],
    [
      { '/admin': ADMINS, '/Admin/': ADMINS },
      'policies["/Admin/"]: "/Admin/" is there twice: neither case nor a slash at the end counts;',
    ],
  ])('refuse %j', (policies, message) => {
    expect(messageOf(policies)).toContain(message);
  });

  it('take a list without a prototype, as modules and parsers give it', () => {
    const policies = Object.assign(Object.create(null), { '/admin/*': ADMINS });
    expect(messageOf(policies)).toBe('no error');
  });

  it('pass on what a policy of the application’s own throws', () => {
    const policy = {
      get groups() {
        throw new Error('the list of groups is gone');
      },
    };
    expect(messageOf({ '/admin/*': policy })).toBe('Error: the list of groups is gone');
  });

  it('name every fault in one error', () => {
    const message = messageOf({ admin: ADMINS, '/a': undefined });
    expect(message.split('\n')).toHaveLength(2);
  });

  it('refuse options that nobody reads, which a misspelt name would be', () => {
    expect(() => trustedHeaderProxy(untyped({ polices: { '/admin/*': ADMINS } }))).toThrow(
      'polices: "polices" is not a setting; write one of anonymous, policies, onRefusal',
    );
  });

  it.each([
    [
      [null],
      'options: null is no options object; write { anonymous, policies, onRefusal }, behind',
    ],
    [[false], 'options: false is no options object;'],
    [[''], 'options: "" is no options object;'],
    [[[]], 'options: [] is no options object;'],
    [[undefined, null], 'options: null is no options object;'],
    [[() => undefined, false], 'options: false is no options object;'],
    [[{ anonymous: null }], "anonymous: null is not a mode; write 'refuse', 'allow' or (request) "],
    [[{ anonymous: '' }], 'anonymous: "" is not a mode;'],
    [
      [{}, { policies: { '/a': ADMINS } }],
      'comes behind options, and is not read; write a function of your own first, and all options in one object behind it',
    ],
    [[{}, String], 'options: a function comes behind options'],
  ])('refuse the arguments %j, which would protect nothing', (given, message) => {
    const make = () => Reflect.apply(trustedHeaderProxy, undefined, given);
    expect(make).toThrow(expect.objectContaining({ code: 'option-invalid' }));
    expect(make).toThrow(message);
  });

  it.each([
    '/a',
    '/a/*',
    '/a/',
    '/A.b_c~d!',
    '/a;b',
    '/a b',
    '/é',
    '/é/a',
    '/a//b',
    '/a//b/*',
    '/%61/*',
    '/./a',
    '/a/../b',
    '/a/..',
    '/a?b',
    'a',
    '/a/*/b',
    '/a#',
  ])('have the grammar of open: %s', (pattern) => {
    const isOpen = () => compileAnonymous({ open: [pattern] });
    const isPolicy = () => trustedHeaderProxy({ policies: untyped({ [pattern]: ADMINS }) });
    const throws = (run: () => unknown) => {
      try {
        run();
        return false;
      } catch {
        return true;
      }
    };
    expect(throws(isPolicy)).toBe(throws(isOpen));
  });
});

describe('policies of roles, at construction', () => {
  const { followSession } = signIn({
    find: ({ user }) => ({ name: user }),
    roles: defineRoles({ admin: 'ops', viewer: '*' }),
  });

  it.each([
    [
      { '/admin/*': { role: 'amdin' } },
      'policies["/admin/*"].role: "amdin" is no role of this login; write one of admin, viewer',
    ],
    [
      { '/admin/*': undefined },
      'policies["/admin/*"]: undefined is no role; write { role: \'admin\' }',
    ],
    [{ '/admin/*': null }, 'policies["/admin/*"]: null is no role; write { role: \'admin\' }'],
    [
      { '/admin/*': { role: 'admin', groups: {} } },
      'policies["/admin/*"].groups: "groups" is not a setting;',
    ],
    [undefined, 'policies: undefined was given, and is undefined;'],
  ])('refuse %j', (policies, message) => {
    expect(() => followSession({ policies: untyped(policies) })).toThrow(message);
  });

  it.each([
    [[{ polices: {} }], 'polices: "polices" is not a setting; write one of policies'],
    [[null], 'options: null is no options object; write { policies }, behind the function of your'],
    [[''], 'options: "" is no options object;'],
    [[undefined, false], 'options: false is no options object;'],
    [[{}, { policies: {} }], 'options: {"policies":{}} comes behind options, and is not read;'],
  ])('refuse the arguments %j', (given, message) => {
    const make = () => Reflect.apply(followSession, undefined, given);
    expect(make).toThrow(expect.objectContaining({ code: 'option-invalid' }));
    expect(make).toThrow(message);
  });

  it('refuse roles where there are none', () => {
    const { followSession: follow } = signIn({ find: ({ user }) => ({ name: user }) });
    expect(() => follow({ policies: untyped({ '/a': { role: 'admin' } }) })).toThrow(
      'policies["/a"].role: "admin" is no role of this login; give signIn({ roles: defineRoles({ … }) })',
    );
  });
});
