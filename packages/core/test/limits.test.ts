import { describe, expect, it } from '@jest/globals';
import {
  type AuthenticatorOptions,
  createAuthenticator,
  type Decision,
  type HeaderProfile,
} from '../src/index.js';
import { fastest } from './fastest.js';

const PROXY = '172.20.0.2';

const wire = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

function decide(lines: readonly string[], options: Partial<AuthenticatorOptions> = {}): Decision {
  return createAuthenticator({ trustedProxies: PROXY, log: false, ...options }).authenticate({
    peer: PROXY,
    rawHeaders: lines,
  });
}

function groupsOf(value: string, options: Partial<AuthenticatorOptions> = {}): unknown {
  const decision = decide(['Remote-User', 'john', 'Remote-Groups', value], options);
  return decision.kind === 'authenticated' ? decision.identity.groups : decision;
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `g${i}`);

describe('the limits are those of a real directory (H6)', () => {
  it('600 groups, and 2 048, are groups', () => {
    expect(groupsOf(numbered(600).join())).toHaveLength(600);
    expect(groupsOf(numbered(2048).join())).toEqual(numbered(2048));
  });

  it('300 groups of 28 bytes are groups', () => {
    const groups = numbered(300).map((group) => group.padEnd(28, '-'));
    expect(groupsOf(groups.join())).toEqual(groups);
  });

  it('a distinguished name of 280 bytes is a group', () => {
    const name = `CN=${'c'.repeat(64)},OU=${'o'.repeat(64)},OU=${'u'.repeat(64)},OU=${'x'.repeat(64)},DC=com`;
    const profile: HeaderProfile = {
      id: 'x',
      user: { header: 'Remote-User' },
      groups: { header: 'Remote-Groups', separator: '|' },
    };
    expect(groupsOf(`users|${name}`, { profile })).toEqual(['users', name]);
  });

  it('drops later duplicates in long lists as in short ones', () => {
    const groups = numbered(100);
    expect(groupsOf([...groups, ...groups, 'last', 'g0', 'last'].join())).toEqual([
      ...groups,
      'last',
    ]);
  });

  it('reads 2 048 groups in well under ten times the time of 512', () => {
    const { authenticate } = createAuthenticator({ trustedProxies: PROXY, log: false });
    const of = (count: number) => {
      const groups = numbered(count).map((group) => group.padStart(10, 'g'));
      const facts = {
        peer: PROXY,
        rawHeaders: ['Remote-User', 'john', 'Remote-Groups', groups.join()],
      };
      return fastest(() => authenticate(facts));
    };
    expect(of(2048) / of(512)).toBeLessThan(8);
  });
});

describe('a refusal says what it is about (H4)', () => {
  it.each<[header: string, value: string, detail: string]>([
    ['Remote-User', 'u'.repeat(300), 'userBytes 300 > limits.userBytes 256'],
    ['Remote-User', wire('ü'.repeat(129)), 'userBytes 258 > limits.userBytes 256'],
    ['Remote-User', 'u'.repeat(100_000), 'userBytes 100000 > limits.userBytes 256'],
    ['Remote-User', wire('ad\u200dmin'), 'the invisible character U+200D'],
    ['Remote-User', wire('ad\u{e0041}min'), 'the invisible character U+E0041'],
    ['Remote-User', 'john\tdoe', 'the invisible character U+0009'],
    ['Remote-User', 'J\xfcrgen', 'bytes that are not utf-8'],
    ['Remote-User', '(null)', 'a placeholder that the proxy did not fill in'],
    ['Remote-Groups', numbered(2049).join(), 'groups 2049 > limits.groups 2048'],
    ['Remote-Groups', numbered(3000).join(), 'groups 3000 > limits.groups 2048'],
    ['Remote-Groups', 'g,'.repeat(16_385), 'groupsBytes 32770 > limits.groupsBytes 32768'],
    ['Remote-Groups', wire('ü'.repeat(16_385)), 'groupsBytes 32770 > limits.groupsBytes 32768'],
    ['Remote-Groups', 'dev,\xff', 'bytes that are not utf-8'],
  ])('%s %j: %s', (header, value, detail) => {
    const user = header === 'Remote-User' ? [] : ['Remote-User', 'john'];
    expect(decide([...user, header, value])).toEqual({
      kind: 'refused',
      reason: 'header-malformed',
      header,
      peer: PROXY,
      detail,
    });
  });

  it('counts the bytes of all lines, where each group has a line', () => {
    const profile: HeaderProfile = {
      id: 'x',
      user: { header: 'Remote-User' },
      groups: { header: 'X-Group', separator: 'line' },
    };
    const lines = ['Remote-User', 'john', 'X-Group', 'abcde', 'X-Group', 'fghij'];
    expect(decide(lines, { profile, limits: { groupsBytes: 9 } })).toMatchObject({
      reason: 'header-malformed',
      detail: 'groupsBytes 10 > limits.groupsBytes 9',
    });
  });

  it.each([
    ['percent', 'al%20', 'white space at its ends once decoded'],
    ['percent', 'al%zz', 'bytes that are not percent'],
    ['base64', '%', 'bytes that are not base64'],
  ] as const)('%s %j: %s', (encoding, value, detail) => {
    const profile: HeaderProfile = { id: 'x', user: { header: 'X-User', encoding } };
    expect(decide(['X-User', value], { profile })).toMatchObject({
      reason: 'header-malformed',
      detail,
    });
  });

  it.each([
    [256, 'userBytes 192 > limits.userBytes 4', 'as the text that it encodes'],
    [260, 'userBytes 260 > limits.userBytes 4', 'as it came, without being decoded'],
  ])('measures %d characters for at most 4 bytes: %s, %s', (length, detail, _how) => {
    const profile: HeaderProfile = { id: 'x', user: { header: 'X-User', encoding: 'base64' } };
    const options = { profile, limits: { userBytes: 4 } };
    expect(decide(['X-User', 'YWFh'.repeat(length / 4)], options)).toMatchObject({
      reason: 'header-malformed',
      detail,
    });
  });

  it('tells how many lines are too many, and that the runtime dropped some', () => {
    const pad = Array.from({ length: 500 }, () => ['X-Pad', '1']).flat();
    expect(decide(['Remote-User', 'john', ...pad])).toEqual({
      kind: 'refused',
      reason: 'headers-too-many',
      peer: PROXY,
      detail: '501 header lines',
    });
  });

  it('says that the lines themselves cannot be read', () => {
    expect(decide(['Remote-User'])).toEqual({
      kind: 'refused',
      reason: 'header-malformed',
      peer: PROXY,
      detail: 'rawHeaders is no list of names and values',
    });
  });
});
