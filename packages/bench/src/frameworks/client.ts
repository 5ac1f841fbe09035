// The other side of the connections, in a process of its own: what it costs is not counted.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { makeRequest } from '../decision/requests.js';

const CONNECTIONS = 16;

const lines = makeRequest(7, '127.0.0.1').rawHeaders;
const head = Array.from(
  { length: lines.length / 2 },
  (_, i) => `${lines[2 * i]}: ${lines[2 * i + 1]}\r\n`,
).join('');
const REQUEST = `GET / HTTP/1.1\r\n${head}\r\n`;
const connections = new Map<number, readonly Socket[]>();

process.on('message', async ({ port, requests }: { port: number; requests: number }) => {
  const sockets = connections.get(port) ?? (await open(port));
  connections.set(port, sockets);
  const each = Math.ceil(requests / CONNECTIONS);
  await Promise.all(sockets.map((socket) => send(socket, each)));
  process.send?.({ requests: each * CONNECTIONS });
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');

function open(port: number): Promise<readonly Socket[]> {
  return Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      await once(socket, 'connect');
      return socket.setEncoding('latin1');
    }),
  );
}

/** One request after the other. */
function send(socket: Socket, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let left = count;
    let answer = '';
    const onData = (text: string): void => {
      answer += text;
      if (!isWhole(answer)) return;
      if (!answer.startsWith('HTTP/1.1 200')) reject(new Error(answer.slice(0, 200)));
      answer = '';
      left -= 1;
      if (left > 0) socket.write(REQUEST);
      else {
        socket.off('data', onData);
        resolve();
      }
    };
    socket.on('data', onData);
    socket.write(REQUEST);
  });
}

/** Next.js sends its answers in chunks, and not always all at once. */
function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(answer.slice(0, end)) ?? [];
  if (length === undefined) return answer.endsWith('\r\n0\r\n\r\n');
  return answer.length >= end + 4 + Number(length);
}
