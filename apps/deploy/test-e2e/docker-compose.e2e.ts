import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

const FOLDER = fileURLToPath(new URL('../compose', import.meta.url));

/** Debian's is of the first generation: it knows everything in the file but the project's name. */
describe('docker-compose', () => {
  it('reads the compose file, and understands the same by it', () => {
    const input = readFileSync(join(FOLDER, 'compose.yaml'), 'utf8').replace(/^name: .*$/m, '');
    const args = ['-f', '-', '--project-directory', FOLDER, 'config'];
    const { status, stdout, stderr } = spawnSync('docker-compose', args, {
      encoding: 'utf8',
      input,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { services, networks } = parse(stdout);
    expect(services.caddy.networks.app.ipv4_address).toBe(services.app.environment.TRUSTED_PROXIES);
    expect(networks.app.internal).toBe(true);
  });
});

describe('caddy', () => {
  it('finds no fault in the Caddyfile', () => {
    const home = mkdtempSync(join(tmpdir(), 'trusted-header-deploy-'));
    const { stdout } = spawnSync(
      'caddy',
      ['validate', '--config', join(FOLDER, 'caddy/Caddyfile')],
      {
        encoding: 'utf8',
        env: { ...process.env, HOME: home, XDG_DATA_HOME: home },
      },
    );
    rmSync(home, { recursive: true });
    expect(stdout).toMatch(/Valid configuration/);
  });
});
