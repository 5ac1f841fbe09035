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
app.all('*', (c) => c.text(`read ${c.req.header('trusted-header-probe')}`));

const ask = (token: string) =>
  app.request('/any', { headers: { 'Trusted-Header-Probe': token, 'Remote-User': USER } });

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
    count: 2,
  });
  expect(lines).toEqual([expect.stringContaining('TRUSTED_HEADER_PROBE is set: until ')]);
});

it('lets the application read no guess', async () => {
  expect(await (await ask('guessed')).text()).toBe('read undefined');
  expect(seen).toEqual(['authenticated']);
});
