import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { prepareApp } from './prepare-app.js';

const program = new URL('./serve-conformance.mjs', import.meta.url).pathname;

/**
 * Next gives route handlers no trailers, harmless or not, opens no WebSockets, and redirects a path with a slash at its end or
 * two in a row before anybody is asked, where the suite wants nobody to hear 401.
 */
const EXPECTED_FAILURES = [
  'open-without-double-slashes',
  'off-opens-sockets',
  'trailers-left-readable',
  'upgrade-by-the-proxy',
  'upgrade-dual-stack',
  'upgrades-of-two-users',
  'origin-of-a-socket-is-ours',
  'origin-of-a-socket-is-allowed',
  'origin-of-a-socket-is-not-asked',
  'door-polling',
  'door-polling-before-a-logger',
  'door-open-path',
  'door-everybody-at-once',
  'proof-of-a-socket',
  'door-proof-polling',
];

it.each(['16', '15'] as const)('a real build of Next %s conforms', async (next) => {
  const app = await prepareApp({ source: 'conformance-app', next });
  try {
    const env = { ...process.env, NODE_ENV: 'production', NODE_TEST_CONTEXT: 'child' };
    const { stdout } = await promisify(execFile)(process.execPath, [program, app.folder], { env });
    const { cases, failures } = JSON.parse(stdout.slice(stdout.lastIndexOf('\n{') + 1));
    expect({ cases, failures: Object.keys(failures) }).toEqual({
      cases: 413,
      failures: EXPECTED_FAILURES,
    });
  } finally {
    await app.remove();
  }
});
