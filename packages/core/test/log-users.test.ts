import { describe, expect, it } from '@jest/globals';
import {
  type AuthenticatorOptions,
  compileGuard,
  createAuthenticator,
  type DecisionEvent,
} from '../src/index.js';

const PROXY = '172.20.0.2';
const STRANGER = '172.20.0.5';

interface Told {
  readonly lines: string[];
  readonly events: (DecisionEvent | undefined)[];
}

function told(
  options: Partial<AuthenticatorOptions>,
  ...requests: readonly [peer: string, ...lines: string[]][]
): Told {
  const all: Told = { lines: [], events: [] };
  const judge = compileGuard({ groups: { anyOf: ['ops'] } });
  const { authenticate } = createAuthenticator({
    trustedProxies: PROXY,
    log: (line, event) => {
      all.lines.push(line);
      all.events.push(event);
    },
    ...options,
  });
  for (const [peer, ...rawHeaders] of requests) judge(authenticate({ peer, rawHeaders }));
  return all;
}

const NAMING = { logUsers: true } as const;

describe('logUsers (D3)', () => {
  it('names nobody unless it is asked to', () => {
    for (const options of [{}, { logUsers: false }]) {
      const { lines } = told(
        options,
        [PROXY, 'Remote-User', 'kim', 'Remote-Groups', 'dev'],
        [PROXY, 'Remote-User', 'kim\u0001'],
      );
      expect(lines).toHaveLength(2);
      expect(lines.join()).not.toContain('kim');
    }
  });

  it('names the user whom a policy denies', () => {
    expect(told(NAMING, [PROXY, 'Remote-User', 'kim', 'Remote-Groups', 'dev']).lines).toEqual([
      'trusted-header: the user "kim" from 172.20.0.2 was denied: group-missing; the route asks for one of the groups "ops"; the user has 1 group (Remote-Groups)',
    ]);
  });

  it.each<[text: string, shown: string, why: string]>([
    ['kim\u0001', '"kim\\u{1}"', 'a control character'],
    ['kim\r\nfake: login ok', '"kim\\u{D}\\u{A}fake: login ok"', 'line breaks'],
    ['kim\u0085x', '"kim\\u{85}x"', 'the line break of C1'],
    ['kim\u001b[2J', '"kim\\u{1B}[2J"', 'what a terminal obeys'],
    ['\u202ekim', '"\\u{202E}kim"', 'what turns the line round'],
    ['kim\u200b\u200d', '"kim\\u{200B}\\u{200D}"', 'what has no width'],
    ['a\u2028b', '"a\\u{2028}b"', 'the line separator'],
    ['\u3164\u{e0041}', '"\\u{3164}\\u{E0041}"', 'fillers and tags'],
    ['\ud800x', '"\\u{D800}x"', 'half a character'],
    ['a\u00a0b\u0001', '"a\\u{A0}b\\u{1}"', 'a space that is not one'],
    ['kim"; \\u{A}\u0001', '"kim\\"; \\\\u{A}\\u{1}"', 'a quote, and what looks like an escape'],
    ['Doe, John', '"Doe, John"', 'a comma'],
    ['$remote_user', '"$remote_user"', 'a placeholder'],
    ['\t kim\u0001 ', '"kim\\u{1}"', 'white space at its ends'],
    ['J\u00fcrgen', '"J\u00fcrgen"', 'Latin-1, as it came'],
    ['x'.repeat(300), `"${'x'.repeat(64)}\u2026"`, 'more than 64 characters'],
    ['\u0001'.repeat(300), `"${'\\u{1}'.repeat(12)}\u2026"`, '64 characters once escaped'],
    [`${'x'.repeat(63)}\u0001`, `"${'x'.repeat(63)}\u2026"`, 'no half of an escape'],
    [`${'\u0001'.repeat(12)}xxxx`, `"${'\\u{1}'.repeat(12)}xxxx"`, 'just 64 characters'],
  ])('of a malformed claim shows %j as %s: %s', (text, shown, _why) => {
    const { lines } = told(NAMING, [PROXY, 'Remote-User', text]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^trusted-header: peer 172\.20\.0\.2 sent Remote-User in a form/);
    expect(lines[0]?.endsWith(` (user ${shown})`)).toBe(true);
  });

  it('names the user where another header is at fault', () => {
    const options = { ...NAMING, limits: { groups: 1 } };
    const { lines } = told(options, [PROXY, 'Remote-User', 'kim', 'Remote-Groups', 'a,b']);
    expect(lines[0]).toContain('groups 2 > limits.groups 1');
    expect(lines[0]).toContain(' (user "kim")');
  });

  it.each<[options: Partial<AuthenticatorOptions>, request: [string, ...string[]], why: string]>([
    [{}, [STRANGER, 'Remote-User', 'kim\u0001'], 'a stranger’s claim'],
    [{ untrusted: 'ignore' }, [STRANGER, 'Remote-User', 'kim\u0001'], 'one that is passed over'],
    [{}, [PROXY, 'Remote-User', 'kim', 'Remote-User', 'kim'], 'a user sent twice'],
    [{}, [PROXY, 'Remote_User', 'kim'], 'an alias'],
    [{}, [PROXY, 'Remote-User', 'kim', 'Connection', 'remote-user'], 'a hop-by-hop trick'],
    [{}, [PROXY, 'Remote-Groups', 'kim'], 'groups without a user'],
    [{ limits: { groups: 1 } }, [PROXY, 'Remote-Groups', 'kim,x'], 'malformed groups without one'],
  ])('names nobody else: %j %j, %s', (options, request, _why) => {
    const { lines } = told({ ...NAMING, ...options }, request);
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/kim|\(user /);
  });

  it('names nobody where a comma may stand for two lines, of which only one is a user’s', () => {
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const { authenticate } = createAuthenticator({ trustedProxies: PROXY, log, logUsers: true });
    authenticate({ peer: PROXY, rawHeaders: ['Remote-User', 'kim, root'], joined: true });
    expect(lines).toEqual([
      "trusted-header: peer 172.20.0.2 sent Remote-User more than once (a comma, as in lines that were joined); make the proxy delete the client's copy before it sets its own",
    ]);
  });

  it('gives each user a line of their own', () => {
    const { lines } = told(
      NAMING,
      [PROXY, 'Remote-User', 'kim'],
      [PROXY, 'Remote-User', 'ann'],
      [PROXY, 'Remote-User', 'kim'],
      [PROXY, 'Remote-User', 'a,b'],
      [PROXY, 'Remote-User', 'c,d'],
      [PROXY, 'Remote-User', 'a,b'],
    );
    expect(lines).toHaveLength(4);
  });

  it('leaves the events as they are', () => {
    const [naming, silent] = [NAMING, {}].map((options) =>
      told(options, [PROXY, 'Remote-User', 'kim\u0001']).events.map((event) => ({
        ...event,
        time: 0,
      })),
    );
    expect(naming).toEqual(silent);
    expect(naming).toHaveLength(1);
  });

  it('is true or false', () => {
    const options = { trustedProxies: PROXY, logUsers: 'yes' };
    expect(() => Reflect.apply(createAuthenticator, undefined, [options])).toThrow(
      'logUsers: "yes" is neither true nor false; write true, or leave it out',
    );
  });
});
