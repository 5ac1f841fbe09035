import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** A server with core and node in it, and what it makes of header lines. */
export interface RealApplication {
  /** Sends header lines as they are, one character per byte; gives the decision, or nothing for a 400 of Node's own. */
  decide(lines: readonly string[]): Promise<unknown>;
  stop(): void;
}

/** Starts `fixtures/decide.mjs`, which no mark of a test run reaches: a client in its process would be `peer-self`. */
export async function startRealApplication(): Promise<RealApplication> {
  const script = new URL('fixtures/decide.mjs', import.meta.url).pathname;
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env['PATH'], NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = await once(child.stdout, 'data');
  return {
    decide: (lines) => ask(Number(port), lines),
    stop: () => {
      child.kill();
    },
  };
}

async function ask(port: number, lines: readonly string[]): Promise<unknown> {
  const socket = connect({ port, host: '127.0.0.1' });
  const request = ['GET / HTTP/1.1', ...lines, '', ''].join('\r\n');
  socket.write(Buffer.from(request, 'latin1'));
  const answer = await text(socket);
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  if (head.startsWith('HTTP/1.1 400 ')) return undefined;
  if (!head.startsWith('HTTP/1.1 200 ')) throw new Error(`the server answers ${answer}`);
  // Its body has a length: the answer is one chunk, and the connection closes behind it.
  return JSON.parse(body);
}
