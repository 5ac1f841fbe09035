import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asUser, identityHeaders } from '../src/index.js';

const APP = `
  import { createServer } from 'node:http';
  import { trustedHeader } from '@trusted-header/express';
  import express from 'express';
  const app = express();
  app.use(trustedHeader({ trustedProxies: '127.0.0.1' }));
  app.get('/api/me', (req, res) => res.json({ ...req.identity, seen: Object.keys(req.headers) }));
  const server = createServer(app).listen(0, '127.0.0.1', () => process.send(server.address().port));
  process.on('disconnect', () => process.exit());
`;

let app: ChildProcess;
let url: string;
beforeAll(async () => {
  app = spawn(process.execPath, ['--input-type=module', '--eval', APP], {
    cwd: new URL('..', import.meta.url).pathname,
    env: {},
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [port] = await once(app, 'message');
  url = `http://127.0.0.1:${port}/api/me`;
});
afterAll(() => {
  app.kill();
});

describe('an application in another process', () => {
  it('knows whom identityHeaders names, from an address that it trusts', async () => {
    const headers = identityHeaders({ user: 'jürgen', groups: ['admin'] });
    const answer = await fetch(url, { headers });
    expect(await answer.json()).toMatchObject({ user: 'jürgen', groups: ['admin'] });
  });

  it('takes asUser for no more than that', async () => {
    // A stranger to this test is the proxy to the application: where the test says that it comes from is nothing there.
    const answer = await fetch(url, asUser({ user: 'alice' }, { peer: '203.0.113.9' }));
    expect(await answer.json()).toMatchObject({ user: 'alice' });
  });

  it('gets from Playwright what its configuration says', async () => {
    const { default: config } = await import(
      new URL('./examples/playwright.config.mjs', import.meta.url).href
    );
    const answer = await fetch(url, { headers: config.use.extraHTTPHeaders });
    expect(await answer.json()).toMatchObject({ user: 'alice', groups: ['admin'] });
  });
});
