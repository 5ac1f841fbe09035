import { describe, expect, it } from '@jest/globals';
import { createAuthenticator, type DecisionWarning, type HeaderProfile } from '../src/index.js';

const PROXY = '172.20.0.2';
const PLACEHOLDER = 'a placeholder that the proxy did not fill in';

const dropped = (detail: string): readonly DecisionWarning[] => [
  { code: 'group-dropped', header: 'Remote-Groups', detail },
];

const wire = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

function groupsOf(lines: readonly string[], profile?: HeaderProfile): unknown {
  const { authenticate } = createAuthenticator({
    trustedProxies: PROXY,
    log: false,
    ...(profile && { profile }),
    onDecision: (event) => {
      warnings = event.warnings;
    },
  });
  let warnings: readonly DecisionWarning[] = [];
  const decision = authenticate({ peer: PROXY, rawHeaders: ['Remote-User', 'john', ...lines] });
  if (decision.kind !== 'authenticated') return decision;
  return { groups: decision.identity.groups, warnings };
}

describe('a group that cannot be read (H4)', () => {
  it.each([
    ['dev,-,ops', ['dev', 'ops'], PLACEHOLDER, 'a log format for nothing'],
    ['dev,(null)', ['dev'], PLACEHOLDER, 'a placeholder'],
    ['$staff,dev', ['dev'], PLACEHOLDER, 'looks like a variable'],
    ['{8f14e45f-ceea-467f-9575-2d1d5c8c1d3a},dev', ['dev'], PLACEHOLDER, 'looks like a template'],
    ['-', [], PLACEHOLDER, 'the only one'],
    ['{http.reverse_proxy.header.Remote-Groups}', [], PLACEHOLDER, 'Caddy 2.6, without groups'],
    ['dev,a\x01b', ['dev'], 'the invisible character U+0001', 'a control character'],
    [wire('dev,ad\u200bmin'), ['dev'], 'the invisible character U+200B', 'a zero-width space'],
    [wire('dev,ops\u00a0'), ['dev'], 'the invisible character U+00A0', 'a no-break space'],
    [wire('dev,\u200dops'), ['dev'], 'the invisible character U+200D', 'joins nothing'],
    [
      wire('👩\u200d💻,\u200dops'),
      ['👩\u200d💻'],
      'the invisible character U+200D',
      'one that joins, and one that does not',
    ],
    ['-,a\x01b,dev', ['dev'], PLACEHOLDER, 'two of them: one warning, about the first'],
  ])('in %j costs its member that group only: %j, %s, %s', (value, groups, detail, _why) => {
    expect(groupsOf(['Remote-Groups', value])).toEqual({ groups, warnings: dropped(detail) });
  });

  it.each([
    ['1025', 'bytes', 'g'.repeat(1025)],
    ['1026', 'bytes, not characters', wire('ü'.repeat(513))],
  ])('costs its member that group only where it has %s %s', (found, _what, group) => {
    expect(groupsOf(['Remote-Groups', `dev,${group}`])).toEqual({
      groups: ['dev'],
      warnings: dropped(`groupBytes ${found} > limits.groupBytes 1024`),
    });
  });

  it.each([
    ['a byte that is no text', 'dev,\xff,-', 'bytes that are not utf-8'],
    [
      'more than 2 048 groups',
      `-,${Array.from({ length: 2049 }, (_, i) => `g${i}`).join(',')}`,
      'groups 2049 > limits.groups 2048',
    ],
    ['more than 32 768 bytes', '-,'.repeat(16_385), 'groupsBytes 32770 > limits.groupsBytes 32768'],
  ])('does not excuse a line with %s, which is malformed as a whole', (_what, value, detail) => {
    expect(groupsOf(['Remote-Groups', value])).toEqual({
      kind: 'refused',
      reason: 'header-malformed',
      header: 'Remote-Groups',
      peer: PROXY,
      detail,
    });
  });

  it('is told beside a name that cannot be read', () => {
    expect(groupsOf(['Remote-Groups', 'dev,-', 'Remote-Name', '\x01'])).toEqual({
      groups: ['dev'],
      warnings: [
        ...dropped(PLACEHOLDER),
        {
          code: 'name-dropped',
          header: 'Remote-Name',
          detail: 'the invisible character U+0001',
        },
      ],
    });
  });

  it('is left out where each has a line of its own, too', () => {
    const profile: HeaderProfile = {
      id: 'test',
      user: { header: 'Remote-User' },
      groups: { header: 'Remote-Groups', separator: 'line' },
    };
    expect(
      groupsOf(['Remote-Groups', 'a,b', 'Remote-Groups', '-', 'Remote-Groups', 'c'], profile),
    ).toEqual({ groups: ['a,b', 'c'], warnings: dropped(PLACEHOLDER) });
  });

  it.each([
    ['dev,\tops', ['dev', 'ops'], 'white space round a group is trimmed (H12)'],
    [wire('👩‍💻 developers,users'), ['👩‍💻 developers', 'users'], 'an emoji of two, with a joiner'],
    [wire('کاربران‌عادی,users'), ['کاربران‌عادی', 'users'], 'a word with a joiner'],
    ['null,None', ['null', 'None'], 'words'],
  ])('is not one of %j, which are %j: %s', (value, groups, _why) => {
    expect(groupsOf(['Remote-Groups', value])).toEqual({ groups, warnings: [] });
  });
});
