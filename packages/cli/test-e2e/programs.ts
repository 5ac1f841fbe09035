import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProxySettings, proxyConfig } from '../src/index.js';

/** A program of Debian that the generator knows. */
export type Program = 'nginx' | 'caddy' | 'haproxy' | 'apache';

/** How a Debian program checks a configuration, and how it runs it in the foreground. */
const COMMANDS: Record<Program, { check: readonly string[]; run: readonly string[] }> = {
  nginx: {
    check: ['nginx', '-t', '-c'],
    run: ['nginx', '-g', 'daemon off; user root;', '-c'],
  },
  caddy: {
    check: ['caddy', 'validate', '--adapter', 'caddyfile', '--config'],
    run: ['caddy', 'run', '--adapter', 'caddyfile', '--config'],
  },
  haproxy: { check: ['haproxy', '-c', '-f'], run: ['haproxy', '-db', '-f'] },
  apache: { check: ['apache2', '-t', '-f'], run: ['apache2', '-D', 'FOREGROUND', '-f'] },
};

const APACHE_MODULES = 'mpm_event authz_core env alias headers proxy proxy_http ssl http2'.split(
  ' ',
);

/** A folder with the generated configuration, and the port that it listens on. */
export interface Written {
  readonly file: string;
  readonly folder: string;
  readonly port: number;
  remove(): void;
}

/** Writes the generated configuration, with nothing around it but what a distribution's main file has. */
export async function write(
  program: Program,
  settings: Omit<ProxySettings, 'domain'>,
  edit: (text: string) => string = (text) => text,
): Promise<Written> {
  const folder = mkdtempSync(join(tmpdir(), 'trusted-header-cli-'));
  const port = await freePort();
  const all: ProxySettings = {
    domain: 'app.example.com',
    listen: `127.0.0.1:${port}`,
    stateDir: folder,
    luaPath: join(folder, 'auth-request.lua'),
    ...settings,
  };
  const file = join(folder, 'config');
  writeFileSync(join(folder, 'auth-request.lua'), proxyConfig('haproxy-lua', all).text);
  const text = edit(proxyConfig(program, all).text);
  writeFileSync(file, program === 'apache' ? apacheMain(folder) + text : text);
  return { file, folder, port, remove: () => rmSync(folder, { recursive: true }) };
}

/** What the program itself says about its configuration. */
export function check(program: Program, { file }: Written): { ok: boolean; output: string } {
  const [command = '', ...args] = COMMANDS[program].check;
  const { status, stdout, stderr } = spawnSync(command, [...args, file], { encoding: 'utf8' });
  return { ok: status === 0, output: stdout + stderr };
}

/** Runs the program until `stop` is called. */
export async function run(
  program: Program,
  { file, port, folder }: Written,
): Promise<() => Promise<void>> {
  const [command = '', ...args] = COMMANDS[program].run;
  const child = spawn(command, [...args, file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
  });
  for (let i = 0; i < 100 && !(await answers(port)); i++) {
    if (child.exitCode !== null) throw new Error(errors);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return async () => {
    if (child.exitCode !== null) throw new Error(errors);
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
}

const OPENSSL = 'openssl';

/** A certificate for the generated configuration, with its key where HAProxy looks for it too. */
export function selfSigned(): { cert: string; key: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'trusted-header-tls-'));
  const cert = join(folder, 'app.pem');
  const key = `${cert}.key`;
  const { status } = spawnSync(OPENSSL, [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=app.example.com',
    '-addext',
    'subjectAltName=DNS:app.example.com',
    '-keyout',
    key,
    '-out',
    cert,
  ]);
  if (status !== 0) throw new Error('openssl is needed');
  return { cert, key, remove: () => rmSync(folder, { recursive: true }) };
}

function apacheMain(folder: string): string {
  const modules = APACHE_MODULES.map(
    (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so\n`,
  ).join('');
  return `ServerRoot ${folder}\nPidFile ${folder}/pid\nServerName localhost\nErrorLog ${folder}/error.log\n${modules}`;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const connected = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return connected;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
