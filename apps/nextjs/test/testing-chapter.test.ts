import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, jest } from '@jest/globals';
import { runMain } from '@trusted-header/app-ui/testing';

// Next needs some seconds to start.
jest.setTimeout(30_000);

const testing = new URL('../../../packages/testing/', import.meta.url);
// Below that package, so that the test finds it.
const folder = mkdtempSync(fileURLToPath(new URL('.readme-', testing)));
afterAll(() => rmSync(folder, { recursive: true }));

it('is tested as the README of the adapter shows', async () => {
  const app = await runMain(new URL('../dist/main.js', import.meta.url), {
    TRUSTED_PROXIES: '127.0.0.1',
    PORTAL_URL: '',
    PORT: '0',
  });
  try {
    const [url = ''] = /http:\S+/.exec(app.output()) ?? [];
    const test = readFileSync(new URL('test/examples/nextjs.ts', testing), 'utf8');
    writeFileSync(join(folder, 'app.test.mjs'), test.replace('http://127.0.0.1:3000', url));
    const { status, stdout } = spawnSync(process.execPath, ['--test'], {
      cwd: folder,
      encoding: 'utf8',
      env: {},
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('# pass 1') });
  } finally {
    await app.stop();
  }
});
