// Runs the end-to-end tests, or says what they need.
import { spawnSync } from 'node:child_process';

const TOOLS = [
  { program: 'chromium', args: ['--version'], debian: 'chromium' },
  { program: 'nginx', args: ['-v'], debian: 'nginx-light' },
  { program: 'caddy', args: ['version'], debian: 'caddy' },
  { program: 'haproxy', args: ['-v'], debian: 'haproxy' },
  { program: 'apache2', args: ['-v'], debian: 'apache2' },
  { program: 'openssl', args: ['version'], debian: 'openssl' },
  { program: 'ip', args: ['-V'], debian: 'iproute2' },
  { program: 'docker-compose', args: ['version'], debian: 'docker-compose' },
];

const missing = TOOLS.filter(({ program, args }) => spawnSync(program, args).error);
if (missing.length > 0) {
  const programs = missing.map(({ program }) => program).join(', ');
  const packages = missing.map(({ debian }) => debian).join(' ');
  console.error(`The end-to-end tests need ${programs}: apt-get install ${packages}`);
  process.exit(1);
}
const args = process.argv.slice(2);
if (process.getuid?.() !== 0 && !args.includes('--selectProjects')) {
  const others = '--selectProjects dev app-demo app-deploy nestjs nextjs';
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
