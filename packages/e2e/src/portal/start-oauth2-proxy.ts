import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningProgram, startProgram } from '../network/start-program.js';
import { PASSWORD } from './users.js';

/** The group that everybody of the password file has. */
export const GROUP = 'staff';

const FLAGS = [
  // Needs nothing of the network until somebody is sent there; who signs in here has a password.
  '--provider=github',
  '--client-id=id',
  '--client-secret=secret',
  '--cookie-secret=0123456789abcdef0123456789abcdef',
  '--cookie-secure=false',
  '--email-domain=*',
  `--htpasswd-user-group=${GROUP}`,
  // What the generated configurations ask for.
  '--reverse-proxy=true',
  '--trusted-proxy-ip=127.0.0.1',
  '--set-xauthrequest=true',
  '--upstream=static://202',
];

/** Starts the oauth2-proxy at a path, with one user in its password file, on a port of 127.0.0.1. */
export async function startOauth2Proxy(
  program: string,
  port: number,
  user: string,
): Promise<RunningProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'trusted-header-oauth2-proxy-'));
  const passwords = join(folder, 'htpasswd');
  writeFileSync(
    passwords,
    `${user}:{SHA}${createHash('sha1').update(PASSWORD).digest('base64')}\n`,
  );
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const running = await startProgram(
      [program, ...FLAGS, `--htpasswd-file=${passwords}`, `--http-address=127.0.0.1:${port}`],
      {},
      () => isHealthy(port),
    );
    const stop = async (): Promise<void> => {
      await running.stop();
      remove();
    };
    return { output: running.output, stop };
  } catch (error) {
    remove();
    throw error;
  }
}

function isHealthy(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/ping`).then(
    ({ ok }) => ok,
    () => false,
  );
}
