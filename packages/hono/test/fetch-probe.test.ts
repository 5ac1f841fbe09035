import { afterAll, expect, it } from '@jest/globals';
import { factsFromFetch } from '@trusted-header/core';
import { type Context, Hono } from 'hono';
import { trustedHeader } from '../src/fetch.js';

const TOKEN = '00112233445566778899aabbccddeeff';
const USER = 'th-probe-0123456789abcdef-user';

process.env.TRUSTED_HEADER_PROBE = TOKEN;
afterAll(() => {
  delete process.env.TRUSTED_HEADER_PROBE;
});

const seen: string[] = [];
const lines: string[] = [];
const app = new Hono();
app.use(
  trustedHeader({
    trustedProxies: '10.0.0.1',
    facts: (c: Context) => factsFromFetch(c.req.raw.headers, '10.0.0.1'),
    log: (line) => {
      lines.push(line);
    },
    onDecision: ({ decision }) => {
      seen.push(decision.kind);
    },
  }),
);
app.all('*', (c) =>
  c.text(`read ${c.req.header('trusted-header-probe')} and ${c.req.header('x-other')}`),
);

const ask = (token: string) =>
  app.request('/any', {
    headers: { 'Trusted-Header-Probe': token, 'Remote-User': USER, 'X-Other': 'this' },
  });

it('answers the probe on a runtime without Node’s modules, which has an environment', async () => {
  const answer = await ask(TOKEN);
  expect([answer.status, answer.headers.get('trusted-header-probe'), seen]).toEqual([200, '1', []]);
  expect(await answer.json()).toEqual({
    receiver: 1,
    adapter: 'hono',
    httpVersion: 'unknown',
    decision: { kind: 'authenticated' },
    identity: { user: USER },
    reads: ['Remote-User', 'Remote-Groups', 'Remote-Name', 'Remote-Email'],
    lines: [{ name: 'remote-user', position: 1, canary: USER }],
    trailers: [],
    count: 3,
  });
  expect(lines).toEqual([expect.stringContaining('TRUSTED_HEADER_PROBE is set: until ')]);
});

it.each([
  [undefined],
  [null],
  ['x'],
  [{}],
  [{ env: null }],
  [{ env: 'x' }],
  [{ env: {} }],
  [{ env: { TRUSTED_HEADER_PROBE: 1 } }],
])('has no probe where the environment is that of %j', async (process) => {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'process') ?? {};
  const make = () =>
    trustedHeader({
      trustedProxies: '10.0.0.1',
      facts: (c: Context) => factsFromFetch(c.req.raw.headers, '10.0.0.1'),
      log: false,
    });
  let middleware: ReturnType<typeof make>;
  Object.defineProperty(globalThis, 'process', { configurable: true, value: process });
  try {
    middleware = make();
  } finally {
    Object.defineProperty(globalThis, 'process', own);
  }
  const other = new Hono().use(middleware).all('*', (c) => c.text('the application'));
  const headers = { 'Trusted-Header-Probe': TOKEN, 'Remote-User': USER };
  expect(await (await other.request('/', { headers })).text()).toBe('the application');
});

it('lets the application read no guess', async () => {
  expect(await (await ask('guessed')).text()).toBe('read undefined and this');
  expect(seen).toEqual(['authenticated']);
});
