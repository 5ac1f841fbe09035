import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readDataSettings } from '@trusted-header/app-data';
import { exitWithError, readEnvironment, withSecretOfFile } from '@trusted-header/app-ui/start';
import { ConfigError, createAuthenticator } from '@trusted-header/core';

try {
  refuseTls(process.env);
  const { port, host, settings } = readEnvironment(process.env);
  createAuthenticator({
    trustedProxies: settings.trustedProxies,
    ...settings.proofs,
    log: false,
  });
  const { sessionSecret } = readDataSettings(process.env);
  await startNext(await portToTake(port, host), host, sessionSecret);
} catch (error) {
  exitWithError(error);
}

/** @throws {ConfigError} `option-invalid`: what asks for a certificate must not be passed over. */
function refuseTls({ TLS_CERT, TLS_CLIENT_CA, PROXY_CERT_NAMES }: NodeJS.ProcessEnv): void {
  const problem = 'is about TLS, which next start does not speak';
  const instead = 'leave it out, and set PROXY_SECRET; or write a server of your own round Next';
  const issues = Object.entries({ TLS_CERT, TLS_CLIENT_CA, PROXY_CERT_NAMES }).flatMap(
    ([option, value]) =>
      value ? [{ option, value: JSON.stringify(value), problem, instead }] : [],
  );
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
}

/** Next does not end when it cannot listen or is set up wrongly: what would be said then is said before. */
async function portToTake(port: number, host: string): Promise<number> {
  const server = createServer();
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** Runs `next start` with the preload, and ends when it ends, and the other way round. */
async function startNext(port: number, host: string, sessionSecret: string): Promise<void> {
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  const preload = import.meta.resolve('@trusted-header/nextjs/preload');
  const child = spawn(
    process.execPath,
    ['--import', preload, next, 'start', '-p', String(port), '-H', host],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...withSecretOfFile(process.env),
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        SESSION_SECRET: sessionSecret,
      },
    },
  );
  process.once('exit', () => child.kill());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(0));
  }
  createInterface({ input: child.stdout }).on('line', (line) => {
    // Its other lines are about itself.
    if (line.includes('Ready in')) {
      console.log(
        `The Next.js app listens on http://${host.includes(':') ? `[${host}]` : host}:${port}`,
      );
    }
  });
  const [code] = await once(child, 'exit');
  process.exit(code ?? 1);
}
