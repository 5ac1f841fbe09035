import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const BIN = fileURLToPath(new URL('../../../packages/cli/dist/bin.js', import.meta.url));

/** What `npx @trusted-header/cli audit` says of each file. */
it.each<[folder: string, severities: readonly (readonly [severity: string, code: string])[]]>([
  ['compose', []],
  // The name is the proxy's, and nobody else is on the network who could take it.
  ['compose-dns', []],
  // All of this is true of loopback, and is why the app asks for a secret, of which an audit of addresses knows nothing.
  [
    'one-host',
    [
      ['high', 'host-network'],
      ['high', 'host-network'],
      ['medium', 'loopback'],
    ],
  ],
])('the audit says of %s what is to be said of it', (folder, expected) => {
  const file = fileURLToPath(new URL(`../${folder}/compose.yaml`, import.meta.url));
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [BIN, 'audit', '--json', '--compose', file],
    {
      encoding: 'utf8',
    },
  );
  const { findings }: { findings: { severity: string; code: string }[] } = JSON.parse(stdout);
  expect(stderr).toBe('');
  expect(findings.map(({ severity, code }) => [severity, code])).toEqual(expected);
});
