import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

const folderOf = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** Debian's is of the first generation: it knows everything in the files but the project's name. */
describe('docker-compose', () => {
  const config = (name: string) => {
    const folder = folderOf(name);
    const input = readFileSync(join(folder, 'compose.yaml'), 'utf8').replace(/^name: .*$/m, '');
    const args = ['-f', '-', '--project-directory', folder, 'config'];
    const { status, stdout, stderr } = spawnSync('docker-compose', args, {
      encoding: 'utf8',
      input,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return parse(stdout);
  };

  it('reads compose, and understands the same by it', () => {
    const { services, networks } = config('compose');
    expect(services.caddy.networks.app.ipv4_address).toBe(services.app.environment.TRUSTED_PROXIES);
    expect(networks.app.internal).toBe(true);
  });

  it('reads compose-dns, and understands the same by it', () => {
    const { services, networks } = config('compose-dns');
    expect(Object.keys(services.traefik.networks)).toEqual(['app', 'auth', 'edge']);
    expect(networks.app.internal).toBe(true);
  });

  it('reads one-host, and understands the same by it', () => {
    const { services } = config('one-host');
    const modes = Object.values<{ network_mode: string }>(services).map((one) => one.network_mode);
    expect(modes).toEqual(['host', 'host', 'host']);
  });
});

describe('caddy', () => {
  it.each(['compose', 'one-host'])('finds no fault in the Caddyfile of %s', (name) => {
    const home = mkdtempSync(join(tmpdir(), 'trusted-header-deploy-'));
    const { stdout } = spawnSync(
      'caddy',
      ['validate', '--config', join(folderOf(name), 'caddy/Caddyfile')],
      {
        encoding: 'utf8',
        env: { ...process.env, HOME: home, XDG_DATA_HOME: home },
      },
    );
    rmSync(home, { recursive: true });
    expect(stdout).toMatch(/Valid configuration/);
  });
});
