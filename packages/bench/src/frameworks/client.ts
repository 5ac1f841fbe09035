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

/** The connections to one server, and the request with the session that it has begun, if it has. */
interface Conversation {
  readonly sockets: readonly Socket[];
  readonly request: string;
}
const conversations = new Map<number, Conversation>();

process.on('message', async ({ port, requests }: { port: number; requests: number }) => {
  const conversation = conversations.get(port) ?? (await open(port));
  conversations.set(port, conversation);
  const { sockets, request } = conversation;
  const each = Math.ceil(requests / CONNECTIONS);
  await Promise.all(sockets.map((socket) => send(socket, request, each)));
  process.send?.({ requests: each * CONNECTIONS });
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');

async function open(port: number): Promise<Conversation> {
  const sockets = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      await once(socket, 'connect');
      return socket.setEncoding('latin1');
    }),
  );
  const [first] = sockets;
  const answer = first ? await send(first, REQUEST, 1) : '';
  // A cookie that is sent twice, as hono-sessions does when it changes the id, is the last one's.
  const cookies = new Map(
    [...answer.matchAll(/^set-cookie: ([^=]+)=([^;\r]*)/gim)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  const more = Array.from(cookies, ([name, value]) => `; ${name}=${value}`).join('');
  return { sockets, request: REQUEST.replace(/^Cookie: .*$/m, (line) => line + more) };
}

/** Sends one request after the other, and gives the last answer. */
function send(socket: Socket, request: string, count: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let left = count;
    let answer = '';
    const onData = (text: string): void => {
      answer += text;
      if (!isWhole(answer)) return;
      if (!answer.startsWith('HTTP/1.1 200')) reject(new Error(answer.slice(0, 200)));
      left -= 1;
      if (left > 0) {
        answer = '';
        socket.write(request);
      } else {
        socket.off('data', onData);
        resolve(answer);
      }
    };
    socket.on('data', onData);
    socket.write(request);
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
