import { describe, expect, it } from '@jest/globals';
import { ask, PROXY, STRANGER } from './ask.js';
import { askRaw } from './ask-raw.js';
import type { Upstream } from './upstream.js';

/** What the fixture is started with. */
export const PROBE_TOKEN = '00112233445566778899aabbccddeeff';

const USER = 'th-probe-0123456789abcdef-user';
const LINES = ['Trusted-Header-Probe', PROBE_TOKEN, 'Remote-User', USER];

/** Where Next would answer by itself, by `proxy.ts`, by a page, or have another server answer. */
const PATHS = [
  '/.well-known/trusted-header/probe',
  '/',
  '/admin',
  '/api/whoami',
  '/api/legacy',
  '/unmatched',
  '/_next/static/x.js',
  '/_next/image?url=%2Fx.png&w=64&q=75',
  '/open/upstream/x',
];

const HANDSHAKE = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==',
];

/** Defines the tests of the fixture under the probe: what runs in front of Next is really in front. */
export function defineProbeTests(where: { port(): number; upstream(): Upstream }): void {
  describe('while the probe asks', () => {
    it.each(PATHS)('answers it at %s, and Next does not', async (path) => {
      where.upstream().seen.length = 0;
      for (const [from, decision] of [
        [PROXY, { kind: 'authenticated' }],
        [STRANGER, { kind: 'refused', reason: 'peer-untrusted' }],
      ] as const) {
        const { status, headers, text } = await ask(where.port(), { path, lines: LINES, from });
        expect([status, headers['trusted-header-probe'], headers['x-powered-by']]).toEqual([
          200,
          '1',
          undefined,
        ]);
        expect(JSON.parse(text)).toMatchObject({ adapter: 'nextjs', decision });
      }
      expect(where.upstream().seen).toEqual([]);
    });

    it.each(['/socket', '/open/upstream/socket', '/_next/webpack-hmr'])(
      'answers it at a WebSocket of %s',
      async (target) => {
        where.upstream().seen.length = 0;
        const lines = [`Trusted-Header-Probe: ${PROBE_TOKEN}`, ...HANDSHAKE];
        const { status, answer } = await askRaw(where.port(), { target, lines });
        expect([
          status,
          answer.includes('"decision":{"kind":"anonymous","trusted":false}'),
        ]).toEqual([200, true]);
        expect(where.upstream().seen).toEqual([]);
      },
    );

    it('answers nobody else', async () => {
      const lines = ['Trusted-Header-Probe', PROBE_TOKEN.replace('0', '1')];
      const asked = (path: string) => ask(where.port(), { path, lines, from: STRANGER });
      expect((await asked('/.well-known/trusted-header/probe')).status).toBe(401);
      expect((await asked('/unmatched')).headers['trusted-header-probe']).toBe(undefined);
    });
  });
}
