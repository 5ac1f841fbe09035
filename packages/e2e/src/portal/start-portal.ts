import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RunningProgram, startProgram } from '../network/start-program.js';
import { autheliaConfiguration, autheliaUsers } from './authelia-files.js';

/**
 * Starts the authorization server: the program that `AUTHELIA` names, or the stand-in.
 *
 * @param prefix What puts it on the proxy's machine.
 */
export function startPortal(prefix: readonly string[]): Promise<RunningProgram> {
  const authelia = process.env['AUTHELIA'];
  return authelia ? startAuthelia(authelia, prefix) : startStandIn(prefix);
}

function startStandIn(prefix: readonly string[]): Promise<RunningProgram> {
  const main = fileURLToPath(new URL('../../dist/portal/main.js', import.meta.url));
  // It refuses to be a production server.
  const env = { NODE_ENV: 'development' };
  return start([...prefix, process.execPath, main], env, /the portal listens/);
}

async function startAuthelia(program: string, prefix: readonly string[]): Promise<RunningProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'trusted-header-authelia-'));
  const file = join(folder, 'configuration.yml');
  writeFileSync(file, autheliaConfiguration(folder));
  writeFileSync(join(folder, 'users.yml'), autheliaUsers());
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const running = await start([...prefix, program, '--config', file], {}, /Startup complete/);
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

function start(
  [program = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  ready: RegExp,
): Promise<RunningProgram> {
  return startProgram([program, ...args], env, ready);
}
