import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from '@jest/globals';
import { loginChecks } from '../src/index.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const APP = `
import { signIn, trustedHeader } from '@trusted-header/express';
import express from 'express';
const app = express();
app.use(trustedHeader({ trustedProxies: process.env.TRUSTED_PROXIES }));
app.use(signIn({ find: ({ user }) => ({ name: user }) }));
app.get('/api/me', (req, res) => res.json(req.user));
const server = app.listen(Number(process.env.PORT), '127.0.0.1', () => {
  console.log(server.address().port);
});
`;

// Below the package, so that it finds what the package has installed.
const folder = mkdtempSync(fileURLToPath(new URL('../.readme-', import.meta.url)));
afterAll(() => rmSync(folder, { recursive: true }));

it('shows a test for jest that is run as it is written', () => {
  const test = readFileSync(new URL('./readme-jest.test.ts', import.meta.url), 'utf8');
  expect(readme).toContain(`\`\`\`ts\n${test}\`\`\``);
});

it('shows a test for node:test that passes', async () => {
  const [, code = ''] = /```js\n((?:(?!```)[\s\S])*checkLogin[\s\S]*?)```/.exec(readme) ?? [];
  const test = code.replaceAll('3000', String(await freePort())).replace("'app.js'", "'app.mjs'");
  writeFileSync(join(folder, 'app.mjs'), APP);
  writeFileSync(join(folder, 'login.test.mjs'), test);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--test'], {
    cwd: folder,
    encoding: 'utf8',
    env: {},
  });
  expect({ status, stdout, stderr }).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('the login follows the proxy'),
  });
});

it('names every check', () => {
  const checks = loginChecks({
    origin: 'http://127.0.0.1:1',
    path: '/',
    whoAmI: () => undefined,
    openPath: '/',
    localLogin: { user: 'carol', signIn: async () => undefined },
  });
  const [, table = ''] = /(\| check [\s\S]*?)\n\n/.exec(readme) ?? [];
  const [, , ...rows] = table.split('\n').map((row) => row.split('|')[1]?.trim());
  expect(rows).toEqual(checks.map(({ name }) => name));
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await once(server.close(), 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
