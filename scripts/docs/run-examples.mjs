// Starts the first example of a page as it is printed, and asks it as its reader would: as john, as nobody, as a stranger.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const OTHER_PORT = new URL('other-port.mjs', import.meta.url).href;
const PATIENCE_MS = 30_000;

/** What is asked, and what must come back: who connects, as whom, status, and what the body must hold. */
const QUESTIONS = [
  ['127.0.0.1', 'john', 200, 'Hello john'],
  ['127.0.0.1', undefined, 401, 'authentication-required'],
  ['127.0.0.2', 'john', 403, 'peer-untrusted'],
];

/** Tells whether an example is a whole application that greets its users. */
export function isApplication(code) {
  return /\b(?:listen|serve)\(/.test(code) && /\bHello \$/.test(code) && !/^declare /m.test(code);
}

/** Runs an example that has been compiled into `out`; gives what was not as it must be. */
export async function runExample(folder, name) {
  const child = spawn(process.execPath, ['--import', OTHER_PORT, join('out', name)], {
    cwd: folder,
    env: { PATH: process.env.PATH, TRUSTED_PROXIES: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE_MS,
  });
  const closed = once(child, 'close');
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complaints += text;
  });
  try {
    for await (const line of createInterface(child.stdout)) {
      const [, port] = /^listens on (\d+)$/.exec(line) ?? [];
      if (port !== undefined) return await interrogate(port);
    }
    return [`ended before it listened: ${complaints}`];
  } finally {
    child.kill();
    await closed;
  }
}

async function interrogate(port) {
  const faults = [];
  for (const [localAddress, user, status, text] of QUESTIONS) {
    const headers = user ? { 'Remote-User': user, 'Remote-Groups': 'admin' } : {};
    const answer = await ask({ port, localAddress, headers });
    if (answer.status !== status || !answer.body.includes(text)) {
      faults.push(
        `${user ?? 'nobody'} from ${localAddress} got ${answer.status} ${answer.body}, and not ${status} with ${text}`,
      );
    }
  }
  return faults;
}

async function ask(request) {
  const [response] = await once(get({ host: '127.0.0.1', path: '/', ...request }), 'response');
  let body = '';
  for await (const part of response.setEncoding('utf8')) body += part;
  return { status: response.statusCode, body };
}
