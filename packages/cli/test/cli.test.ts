import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { runCli } from './fake-io.js';

const NEEDED = [
  '--app',
  'http://app:3000',
  '--auth',
  'http://authelia:9091',
  '--domain',
  'app.example.com',
];

describe('proxy-config', () => {
  it('lists the proxies', async () => {
    const { code, out } = await runCli(['proxy-config', '--list']);
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.split(' ')[0])).toEqual([
      'nginx',
      'caddy',
      'traefik-labels',
      'traefik-file',
      'haproxy',
      'haproxy-lua',
      'apache',
      'envoy',
      'nginx-proxy-manager',
      'swag',
      'ingress-nginx',
      'istio',
      'gateway-api',
      '',
    ]);
  });

  it('prints the configuration on standard output, and what to know on standard error', async () => {
    const { code, out, err } = await runCli([
      'proxy-config',
      'caddy',
      ...NEEDED,
      '--proxy-address',
      '172.20.0.2',
      '--bypass',
      '/a',
      '--bypass',
      '/b',
    ]);
    expect(code).toBe(0);
    expect(out).toContain('TRUSTED_PROXIES=172.20.0.2');
    expect(out).toContain('path /a /a/* /b /b/*');
    expect(err).toMatch(/^note: the block below must not be shortened/);
  });

  // As the note on HAProxy's configuration says it: the script is the same for everybody.
  it('prints the Lua script without being told of the application', async () => {
    const { code, out, err } = await runCli(['proxy-config', 'haproxy-lua']);
    expect([code, err]).toEqual([0, '']);
    const { out: told } = await runCli(['proxy-config', 'haproxy-lua', ...NEEDED]);
    expect(out).toBe(told);
  });

  it('passes every option on', async () => {
    const { out } = await runCli([
      'proxy-config',
      'nginx',
      ...NEEDED,
      '--profile',
      'authentik',
      '--portal',
      'https://auth.example.com',
      '--listen',
      '127.0.0.1:8443',
      '--tls-cert',
      '/c',
      '--tls-key',
      '/k',
      '--scheme',
      'http',
      '--state-dir',
      '/run/th',
      '--proxy-version',
      '1.26',
      '--lua-path',
      '/x.lua',
    ]);
    expect(out).toContain('listen 127.0.0.1:8443 ssl default_server;');
    expect(out).toContain('X-Forwarded-Proto http;');
    expect(out).toContain('pid /run/th/nginx.pid;');
    expect(out).toContain('$upstream_http_x_authentik_username');
    const lua = await runCli(['proxy-config', 'haproxy', ...NEEDED, '--lua-path', '/x.lua']);
    expect(lua.out).toContain('lua-load /x.lua');
    const snippet = await runCli(['proxy-config', 'nginx', ...NEEDED, '--snippet']);
    expect(snippet.out).not.toContain('events');
  });

  it.each<[why: string, args: string[], message: RegExp]>([
    ['no proxy', [], /^proxy-config: which proxy\?/],
    [
      'a proxy that is none',
      ['iis', ...NEEDED],
      /^proxy-config: "iis" is not known here; write one of nginx, caddy/,
    ],
    ['an own property that is none', ['__proto__', ...NEEDED], /^proxy-config: "__proto__"/],
    ['no application', ['nginx'], /^--app: is missing; write for example --app http:\/\/app:3000/],
    ['no domain', ['nginx', ...NEEDED.slice(0, 4)], /^--domain: is missing/],
    [
      'a certificate without a key',
      ['nginx', ...NEEDED, '--tls-cert', '/c'],
      /^--tls-cert, --tls-key: only one/,
    ],
    ['another scheme', ['nginx', ...NEEDED, '--scheme', 'ws'], /^--scheme: "ws"/],
    ['another profile', ['nginx', ...NEEDED, '--profile', 'vouch'], /^--profile: "vouch"/],
    [
      'an unsafe version',
      ['traefik-file', ...NEEDED, '--proxy-version', '3.0.4'],
      /^--proxy-version: .*CVE-2024-45410/,
    ],
  ])('refuses %s', async (_, args, message) => {
    const { code, out, err } = await runCli(['proxy-config', ...args]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });
});

describe('trusted-header', () => {
  it.each(['check', 'audit', 'proxy-config'])('explains %s with examples', async (command) => {
    const { code, out } = await runCli([command, '--help']);
    expect(code).toBe(0);
    expect(out).toContain('Examples:');
  });

  it('does not know other commands', async () => {
    expect(await runCli(['destroy'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('unknown command'),
    });
  });

  const bin = new URL('../dist/bin.js', import.meta.url).pathname;

  it('runs as a program, with bytes as they are piped in', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [bin, 'check', '--trusted-proxies', '10.0.0.7', '--peer', '10.0.0.7', '--from', '-'],
      { input: '> GET / HTTP/1.1\n> Remote-User: jürgen\n', encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^authenticated\n {2}user {5}jürgen\n/);
    expect(status).toBe(0);
  });

  it('ends quietly where nobody reads on, as before `| head -1`', async () => {
    const child = spawn(process.execPath, [bin, 'explain'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect([errors, code]).toEqual(['', 0]);
  });

  const full = '/dev/full';
  // Skipped where there is no such device: Linux has one, other systems have not, and none but it is full for the asking.
  (existsSync(full) ? it : it.skip)('has no finding where its output is full', () => {
    const out = openSync(full, 'w');
    const { status, stderr } = spawnSync(process.execPath, [bin, 'explain'], {
      stdio: ['ignore', out, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(out);
    expect([status, stderr]).toEqual([2, 'standard output cannot be written (ENOSPC)\n']);
  });

  it('has no finding where it breaks', () => {
    const broken = 'data:text/javascript,process.stdout.write=()=>{throw new TypeError("broken")}';
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', broken, bin, 'probe', '--new-token'],
      { encoding: 'utf8' },
    );
    expect(stderr).toMatch(/^TypeError: broken\n/);
    expect(status).toBe(2);
  });

  it('says what file it cannot read, without a stack', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [bin, 'check', '--trusted-proxies', '10.0.0.7', '--peer', '10.0.0.7', '--from', '/nowhere'],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('"/nowhere" cannot be read; name a file, or - for standard input\n');
    expect(status).toBe(2);
  });
});
