import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hideSecrets } from '../src/probe/secrets.js';
import { runCli } from './fake-io.js';
import { COOKIE, found, type LeakyProxy, probeLeaky, startLeaky } from './probe-server.js';

const VALUES = fc.stringMatching(/^[A-Za-z0-9+/=_.%-]{8,40}$/);
const TOKENS = fc.stringMatching(/^[A-Za-z0-9_-]{32,64}$/);

/** Servers that say the cookie and the token again wherever they can. */
const SERVERS = [
  { echo: 'secrets' },
  { echo: 'secrets', escapes: true },
  { echo: 'secrets', cookie: 'session=' },
  { echo: 'secrets', cookie: 'no such cookie' },
  { echo: 'headers', rule: 'pass', hasReceiver: false },
] as const;

describe('the session and the token', () => {
  const servers: LeakyProxy[] = [];
  beforeAll(async () => {
    servers.push(
      ...(await Promise.all(SERVERS.map((options) => startLeaky({ ...options, anyToken: true })))),
    );
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
  });

  it('are in no output, whatever the server says again', async () => {
    const flags = ['--path', '/', '--case', 'TH-P-PLAIN', '--cookie-file', 'c'];
    const files = ['--junit', 'x.xml', '--sarif', 'x.sarif'];
    await fc.assert(
      fc.asyncProperty(
        fc.nat(SERVERS.length - 1),
        TOKENS,
        VALUES,
        fc.constantFrom(
          [],
          ['--json'],
          ['--dry-run'],
          ['--case', 'TH-P-NONE'],
          ['--proxy', 'none'],
        ),
        async (which, token, value, more) => {
          const url = servers[which]?.url ?? '';
          const ran = await runCli(['probe', url, ...flags, ...files, ...more], {
            env: { TRUSTED_HEADER_PROBE: token },
            files: { c: `session=${value}` },
          });
          for (const output of [ran.out, ran.err, ...Object.values(ran.written)]) {
            expect(output).not.toContain(value);
            expect(output).not.toContain(token);
          }
        },
      ),
      // At most five requests a second are sent.
      { numRuns: 16 },
    );
  });

  it('are taken out of what a server says, whole and in parts, encoded as in a URL too', () => {
    const hide = hideSecrets('0123456789abcdef', 'session=a+b/c==; theme=dark');
    expect(hide('x 0123456789abcdef 0123456789ABCDEF y')).toBe('x (hidden) (hidden) y');
    expect(hide('session=a+b/c==; theme=dark')).toBe('(hidden)');
    expect(hide('"a+b/c=="')).toBe('"(hidden)"');
    expect(hide('rd=session%3Da%2Bb%2Fc%3D%3D')).toBe('rd=(hidden)');
    expect(hide('dark')).toBe('dark');
  });

  // Words of the report itself: a cookie by which a balancer chooses a release is often called so.
  it.each(['release=canary', 'a=receiver', 'b=decision', 'c=Remote_User', 'd=anonymous'])(
    'hide nothing from the probe itself: %s',
    async (other) => {
      const cases = ['TH-P-PLAIN', 'TH-P-USER', 'TH-P-UNDERSCORE'];
      const settings = { cases, cookie: `${COOKIE}; ${other}` };
      const result = await probeLeaky({ rule: 'pass' }, settings);
      expect(result.receiver).toBe('met');
      expect(found(result)).toEqual(['warning PLAIN', 'warning USER', 'warning UNDERSCORE']);
    },
  );

  it('are none where there are none', () => {
    expect(hideSecrets(undefined, undefined)('as it is')).toBe('as it is');
  });
});
