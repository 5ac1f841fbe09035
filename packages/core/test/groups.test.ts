import { describe, expect, it } from '@jest/globals';
import { createAuthenticator, type DecisionWarning, type HeaderProfile } from '../src/index.js';

const PROXY = '172.20.0.2';
const DROPPED: readonly DecisionWarning[] = [{ code: 'group-dropped', header: 'Remote-Groups' }];

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
    ['dev,-,ops', ['dev', 'ops'], 'a log format for nothing'],
    ['dev,(null)', ['dev'], 'a placeholder'],
    ['$staff,dev', ['dev'], 'looks like a variable'],
    ['{8f14e45f-ceea-467f-9575-2d1d5c8c1d3a},dev', ['dev'], 'looks like a template'],
    ['-', [], 'the only one'],
    ['{http.reverse_proxy.header.Remote-Groups}', [], 'Caddy 2.6 for a user without groups'],
    ['dev,a\x01b', ['dev'], 'a control character'],
    [wire('dev,ad\u200bmin'), ['dev'], 'a zero-width space'],
    [wire('dev,ops\u00a0'), ['dev'], 'a no-break space'],
    [wire('dev,\u200dops'), ['dev'], 'a joiner that joins nothing'],
    ['-,(null),dev', ['dev'], 'two of them: one warning'],
  ])('in %j costs its member that group only: %j, %s', (value, groups, _why) => {
    expect(groupsOf(['Remote-Groups', value])).toEqual({ groups, warnings: DROPPED });
  });

  it.each([
    ['over 256 bytes', 'g'.repeat(257)],
    ['over 256 bytes, not characters', wire('ü'.repeat(129))],
  ])('costs its member that group only where it is %s', (_what, group) => {
    expect(groupsOf(['Remote-Groups', `dev,${group}`])).toEqual({
      groups: ['dev'],
      warnings: DROPPED,
    });
  });

  it.each([
    ['a byte that is no text', 'dev,\xff,-'],
    ['more than 512 groups', `-,${Array.from({ length: 513 }, (_, i) => `g${i}`).join(',')}`],
    ['more than 8 192 bytes', '-,'.repeat(4097)],
  ])('does not excuse a line with %s, which is malformed as a whole', (_what, value) => {
    expect(groupsOf(['Remote-Groups', value])).toEqual({
      kind: 'refused',
      reason: 'header-malformed',
      header: 'Remote-Groups',
      peer: PROXY,
    });
  });

  it('is told beside a name that cannot be read', () => {
    expect(groupsOf(['Remote-Groups', 'dev,-', 'Remote-Name', '\x01'])).toEqual({
      groups: ['dev'],
      warnings: [...DROPPED, { code: 'name-dropped', header: 'Remote-Name' }],
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
    ).toEqual({ groups: ['a,b', 'c'], warnings: DROPPED });
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
