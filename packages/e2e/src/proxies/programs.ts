import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProxySettings, proxyConfig } from '@trusted-header/cli';
import { type RunningProgram, startProgram } from '../network/start-program.js';

/** A program of Debian that the generator knows. */
export type Program = 'nginx' | 'caddy' | 'haproxy' | 'apache';

/** How a Debian program checks a configuration, and how it runs it in the foreground. */
const COMMANDS: Record<
  Program,
  Record<'check' | 'run' | 'version', readonly [string, ...string[]]>
> = {
  nginx: {
    check: ['nginx', '-t', '-c'],
    run: ['nginx', '-g', 'daemon off; user root;', '-c'],
    version: ['nginx', '-v'],
  },
  caddy: {
    check: ['caddy', 'validate', '--adapter', 'caddyfile', '--config'],
    run: ['caddy', 'run', '--adapter', 'caddyfile', '--config'],
    version: ['caddy', 'version'],
  },
  haproxy: {
    check: ['haproxy', '-c', '-f'],
    run: ['haproxy', '-db', '-f'],
    version: ['haproxy', '-v'],
  },
  apache: {
    check: ['apache2', '-t', '-f'],
    run: ['apache2', '-D', 'FOREGROUND', '-f'],
    version: ['apache2', '-v'],
  },
};

const APACHE_MODULES = 'mpm_event authz_core env alias headers proxy proxy_http ssl http2'.split(
  ' ',
);

/** A generated configuration in a folder of its own. */
export interface Written {
  readonly program: Program;
  readonly file: string;
  readonly folder: string;
  remove(): void;
}

/** Writes the generated configuration, with nothing around it but what a distribution's main file has. */
export function write(
  program: Program,
  settings: ProxySettings,
  edit: (text: string) => string = (text) => text,
): Written {
  const folder = mkdtempSync(join(tmpdir(), 'trusted-header-e2e-'));
  const luaPath = join(folder, 'auth-request.lua');
  const version = versionOf(program);
  const all: ProxySettings = {
    stateDir: folder,
    luaPath,
    ...(version !== undefined && { proxyVersion: version }),
    ...settings,
  };
  const file = join(folder, 'config');
  writeFileSync(luaPath, proxyConfig('haproxy-lua', all).text);
  const text = edit(proxyConfig(program, all).text);
  writeFileSync(file, program === 'apache' ? apacheMain(folder) + text : text);
  return { program, file, folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What the program itself says about its configuration. */
export function check({ program, file }: Written): { ok: boolean; output: string } {
  const [command, ...args] = COMMANDS[program].check;
  const { status, stdout, stderr } = spawnSync(command, [...args, file], { encoding: 'utf8' });
  return { ok: status === 0, output: stdout + stderr };
}

/**
 * Runs the program until it is stopped.
 *
 * @param answers Tells whether it takes connections yet.
 * @param prefix What puts it on another machine.
 */
export function run(
  { program, file, folder }: Written,
  answers: () => Promise<boolean>,
  prefix: readonly string[] = [],
): Promise<RunningProgram> {
  const [command, ...args] = [...prefix, ...COMMANDS[program].run, file];
  const home = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  return startProgram([command ?? '', ...args], home, answers);
}

/** `nginx 1.22.1, caddy 2.6.2`: what is installed here. */
export function describeVersions(programs: readonly Program[]): string {
  return programs
    .map((program) => `${program} ${versionOf(program) ?? 'of an unknown version'}`)
    .join(', ');
}

const versions = new Map<Program, string | undefined>();

/** The version of a program that is installed here; undefined where it does not tell. */
function versionOf(program: Program): string | undefined {
  if (!versions.has(program)) {
    const [command, ...args] = COMMANDS[program].version;
    const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    versions.set(program, /\d+\.\d+\.\d+/.exec(stdout + stderr)?.[0]);
  }
  return versions.get(program);
}

function apacheMain(folder: string): string {
  const modules = APACHE_MODULES.map(
    (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so\n`,
  ).join('');
  return `ServerRoot ${folder}\nPidFile ${folder}/pid\nServerName localhost\nErrorLog ${folder}/error.log\n${modules}`;
}
