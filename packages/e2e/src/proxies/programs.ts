import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProxyName, type ProxySettings, proxyConfig } from '@trusted-header/cli';
import { type RunningProgram, startProgram } from '../network/start-program.js';

/** A program that the generator knows: Debian's, or one whose path is in the environment. */
export type Program = 'nginx' | 'caddy' | 'haproxy' | 'apache' | 'caddy-current' | 'traefik';

type Command = readonly [string, ...string[]];

/** How a program checks a configuration, and how it runs it in the foreground; the file's name comes last. */
interface Usage {
  readonly config: ProxyName;
  /** Some programs read a file by the end of its name. */
  readonly file: string;
  /** Traefik has no such command: it says what is wrong when it runs. */
  readonly check?: Command;
  readonly run: Command;
  readonly version: Command;
  /** Tells what it was built from, where one that was built here knows no version. */
  readonly buildInfo?: Command;
}

const caddy = (program: string): Usage => ({
  config: 'caddy',
  file: 'config',
  check: [program, 'validate', '--adapter', 'caddyfile', '--config'],
  run: [program, 'run', '--adapter', 'caddyfile', '--config'],
  version: [program, 'version'],
  buildInfo: [program, 'build-info'],
});

const TRAEFIK = process.env['TRAEFIK'] ?? 'traefik';

const USAGE: Readonly<Record<Program, Usage>> = {
  nginx: {
    config: 'nginx',
    file: 'config',
    check: ['nginx', '-t', '-c'],
    run: ['nginx', '-g', 'daemon off; user root;', '-c'],
    version: ['nginx', '-v'],
  },
  caddy: caddy('caddy'),
  'caddy-current': caddy(process.env['CADDY'] ?? 'caddy'),
  haproxy: {
    config: 'haproxy',
    file: 'config',
    check: ['haproxy', '-c', '-f'],
    run: ['haproxy', '-db', '-f'],
    version: ['haproxy', '-v'],
  },
  apache: {
    config: 'apache',
    file: 'config',
    check: ['apache2', '-t', '-f'],
    run: ['apache2', '-D', 'FOREGROUND', '-f'],
    version: ['apache2', '-v'],
  },
  traefik: {
    config: 'traefik-file',
    file: 'config.yml',
    run: [
      TRAEFIK,
      '--global.checkNewVersion=false',
      '--global.sendAnonymousUsage=false',
      '--log.level=WARN',
      '--entryPoints.websecure.address=:443',
      '--providers.file.filename',
    ],
    version: [TRAEFIK, 'version'],
  },
};

/** Debian's programs, which must be there. */
export const DEBIAN: readonly Program[] = ['nginx', 'caddy', 'haproxy', 'apache'];

/** Debian's, and those whose path the environment names. */
export const PROGRAMS: readonly Program[] = [
  ...DEBIAN,
  ...(process.env['CADDY'] ? (['caddy-current'] as const) : []),
  ...(process.env['TRAEFIK'] ? (['traefik'] as const) : []),
];

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
  const { config, file: name } = USAGE[program];
  const file = join(folder, name);
  writeFileSync(luaPath, proxyConfig('haproxy-lua', all).text);
  const text = edit(proxyConfig(config, all).text);
  writeFileSync(file, around(program, text, all));
  return { program, file, folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What the program itself says about its configuration. */
export function check({ program, file }: Written): { ok: boolean; output: string } {
  const command = USAGE[program].check;
  if (!command) throw new Error(`${program} has no command that checks a configuration`);
  const [name, ...args] = command;
  const { status, stdout, stderr } = spawnSync(name, [...args, file], { encoding: 'utf8' });
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
  const [command, ...args] = [...prefix, ...USAGE[program].run, file];
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
    const { version, buildInfo } = USAGE[program];
    const told = /\d+\.\d+\.\d+/.exec(outputOf(version))?.[0];
    const built = /^mod\s+\S+\s+v(\d+\.\d+\.\d+)/m;
    versions.set(program, told ?? (buildInfo && built.exec(outputOf(buildInfo))?.[1]));
  }
  return versions.get(program);
}

function outputOf([command, ...args]: Command): string {
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return stdout + stderr;
}

/** What a distribution's main file, or the operator's own, has beside what is generated. */
function around(program: Program, text: string, { stateDir = '', tls }: ProxySettings): string {
  if (program === 'apache') return apacheMain(stateDir) + text;
  if (program !== 'traefik' || !tls) return text;
  const certificates = [{ certFile: tls.cert, keyFile: tls.key }];
  return `${text}\ntls: ${JSON.stringify({ certificates })}\n`;
}

function apacheMain(folder: string): string {
  const modules = APACHE_MODULES.map(
    (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so\n`,
  ).join('');
  return `ServerRoot ${folder}\nPidFile ${folder}/pid\nServerName localhost\nErrorLog ${folder}/error.log\n${modules}`;
}
