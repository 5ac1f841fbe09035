// Runs the end-to-end tests, or says what they need. Programs that Debian has not are named by their paths:
// AUTHELIA=… TRAEFIK=… CADDY=… OAUTH2_PROXY=… pnpm e2e
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';

const TOOLS = [
  { program: 'chromium', args: ['--version'], debian: 'chromium' },
  { program: 'nginx', args: ['-v'], debian: 'nginx-light' },
  { program: 'caddy', args: ['version'], debian: 'caddy' },
  { program: 'haproxy', args: ['-v'], debian: 'haproxy' },
  { program: 'apache2', args: ['-v'], debian: 'apache2' },
  { program: 'openssl', args: ['version'], debian: 'openssl' },
  { program: 'ip', args: ['-V'], debian: 'iproute2' },
  { program: 'redis-server', args: ['--version'], debian: 'redis-server' },
  { program: 'pg_lsclusters', args: ['--help'], debian: 'postgresql' },
  { program: 'docker-compose', args: ['version'], debian: 'docker-compose' },
];

const missing = TOOLS.filter(({ program, args }) => spawnSync(program, args).error);
if (missing.length > 0) {
  const programs = missing.map(({ program }) => program).join(', ');
  const packages = missing.map(({ debian }) => debian).join(' ');
  console.error(`The end-to-end tests need ${programs}: apt-get install ${packages}`);
  process.exit(1);
}
const BY_PATH = {
  AUTHELIA: 'Authelia (the stand-in of packages/dev is in its place)',
  TRAEFIK: 'Traefik',
  CADDY: 'current Caddy',
  OAUTH2_PROXY: 'oauth2-proxy',
};
for (const [variable, name] of Object.entries(BY_PATH)) {
  const path = process.env[variable];
  if (path && !isProgram(path)) {
    console.error(`${variable}: ${path} is no program that can be run; name the file of ${name}`);
    process.exit(1);
  }
}
const absent = Object.keys(BY_PATH).filter((variable) => !process.env[variable]);
if (absent.length > 0) {
  const names = absent.map((variable) => `${BY_PATH[variable]}: ${variable}=<path>`);
  console.error(`Not run: ${names.join(', ')}`);
}
const args = process.argv.slice(2);
if (process.getuid?.() !== 0 && !args.includes('--selectProjects')) {
  const others = '--selectProjects dev app-demo app-deploy app-docs nestjs nextjs';
  console.error(`The network namespaces need root: run this as root, or without them: ${others}`);
  process.exit(1);
}
const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];
const { status } = spawnSync(
  process.execPath,
  [...jest, '--config', 'jest.e2e.config.mjs', '--runInBand', ...args],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
