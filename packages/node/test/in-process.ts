import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The environment of this test without the marks of a test runner: as an application in production has it. */
export function productionEnv(): NodeJS.ProcessEnv {
  const {
    NODE_ENV: _,
    NODE_TEST_CONTEXT: __,
    JEST_WORKER_ID: ___,
    VITEST: ____,
    MOCHA_WORKER_ID: _____,
    ...env
  } = process.env;
  return env;
}

/** Runs a program in a process of its own, with the built package, and gives what it prints: JSON. */
export async function inProcess(
  script: string,
  env: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  return JSON.parse(
    (await run(['--input-type=module', '--eval', `${PRELUDE}\n${script}\nprocess.exit();`], env))
      .stdout,
  );
}

/** Runs Node in the folder of this package. */
export function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return promisify(execFile)(process.execPath, args, {
    cwd: new URL('..', import.meta.url).pathname,
    env: { ...productionEnv(), ...env },
    timeout: 20_000,
  });
}

/** `server` keeps what `facts.self` says of each request. */
const PRELUDE = `
  import { execFile } from 'node:child_process';
  import { once } from 'node:events';
  import http from 'node:http';
  import https from 'node:https';
  import net from 'node:net';
  import { setTimeout as sleep } from 'node:timers/promises';
  import tls from 'node:tls';
  import { factsFromRequest, isOwnConnection } from '@trusted-header/node';
  const seen = [];
  const handler = (req, res) => {
    seen.push(factsFromRequest(req).self ?? false);
    res.end('seen');
  };
  const server = http.createServer(handler);
  const start = async (host, listener = server) => {
    listener.listen(0, host);
    await once(listener, 'listening');
    return listener.address().port;
  };
  const get = (options) => once(http.get(options), 'response').then(([res]) => once(res.resume(), 'end'));
  /** Runs a client of another process. */
  const elsewhere = (script) => once(execFile(process.execPath, ['--input-type=module', '--eval', script]), 'exit');
`;
