import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

/**
 * The environment of a program that neither a test runner nor a script of a package manager has started: makers of skeletons install
 * with whatever says that it has started them. A registry that the user has set stays.
 */
export function plainEnv(more = {}) {
  const { NODE_TEST_CONTEXT, JEST_WORKER_ID, VITEST, NODE_ENV, NODE_OPTIONS, ...env } = process.env;
  const isScripts = (name) => /^(npm|pnpm)_/i.test(name) && !/registry|cafile/i.test(name);
  const plain = Object.entries(env).filter(([name]) => !isScripts(name));
  return { ...Object.fromEntries(plain), ...more };
}

/** Starts a program, and gives `{ output, stop }`: at once, or when it has written what it is waited for. */
export function start(command, args, { cwd, env = plainEnv(), until, seconds = 60 }) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    const stop = () => {
      clearTimeout(timer);
      try {
        // With what it has started.
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended.
      }
    };
    const ready = { output: () => output, stop };
    const timer = setTimeout(() => give(new Error(`not ready after ${seconds} s`)), seconds * 1000);
    const give = (error) => {
      stop();
      failed(new Error(`${error.message}\n${output}`));
    };
    const read = (text) => {
      output += text;
      if (!until?.test(output)) return;
      clearTimeout(timer);
      done(ready);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', give);
    child.on('exit', (code) => give(new Error(`ended with ${code}`)));
    if (until) return;
    clearTimeout(timer);
    done(ready);
  });
}

/** Gives a port that nobody listens on. */
export function freePort() {
  return new Promise((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });
}
