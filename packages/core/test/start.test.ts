import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

/** Runs the built package in a process of its own, and tells whether it has loaded ipaddr.js. */
function loads(
  script: string,
  load = "const core = await import('@trusted-header/core');",
): boolean {
  const program = `
    import { createRequire } from 'node:module';
    const require = createRequire(process.cwd() + '/');
    ${load}
    const decide = (list, peer) =>
      core
        .createAuthenticator({ trustedProxies: list, log: (line) => line })
        .authenticate({ peer, rawHeaders: ['Remote-User', 'john', 'Remote-Email', 'x'] });
    ${script}
    const isLoaded = Object.keys(require('node:module')._cache).some((file) => /ipaddr\\.js$/.test(file));
    process.stdout.write(String(isLoaded));`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program];
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  return execFileSync(process.execPath, args, { cwd, encoding: 'utf8' }) === 'true';
}

it.each([
  ['an import', ''],
  ['a start with the address of a proxy', "decide('172.20.0.2,::1,unix:/run/a.sock');"],
  [
    'a user, and a stranger who is refused',
    "decide('172.20.0.2', '172.20.0.2'); decide('172.20.0.2', '172.20.0.1');",
  ],
])('%s does not pay for words about addresses', (_what, script) => {
  expect(loads(script)).toBe(false);
  expect(loads(script, "const core = require('./dist/cjs/index.cjs');")).toBe(false);
});

it.each([
  ['a list that is dangerous', "decide('172.20.0.0/16', '172.20.0.2');"],
  ['a list that is refused', "try { decide('172.20.0.1/16'); } catch {}"],
  ['the audit', "core.auditTrustedProxies('172.20.0.2');"],
])('%s has them at once', (_what, script) => {
  expect(loads(script)).toBe(true);
  expect(loads(script, "const core = require('./dist/cjs/index.cjs');")).toBe(true);
});

it('has a door to ipaddr.js that is there where files are traced by who does not know module-sync', () => {
  const doors = Object.entries(Object(JSON.parse(read('package.json'))).imports['#ipaddr']);
  const doorFor = (...conditions: readonly string[]) =>
    String(doors.find(([condition]) => conditions.includes(condition))?.[1]);
  expect(doorFor('node', 'import', 'module-sync', 'default')).toBe('./ipaddr/when-asked.js');
  // As @vercel/nft does, which other platforms use as well: a file that is named so is taken along.
  const traced = read(doorFor('node', 'import', 'default'));
  expect(traced).toContain("new URL('when-asked.js', import.meta.url)");
  expect(read('ipaddr/at-once.js')).toContain("from 'ipaddr.js'");
});

function read(file: string): string {
  return readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
}
