// The other side of the connections, in a process of its own: what it costs is not counted.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { makeRequest } from '../decision/requests.js';

const CONNECTIONS = 4;

/** Requests that are sent at once over each: a server that reads and writes them together spends little but on what is measured. */
const PIPELINED = 16;

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
  const bursts = Math.ceil(requests / CONNECTIONS / PIPELINED);
  await Promise.all(sockets.map((socket) => send(socket, request, bursts, PIPELINED)));
  process.send?.({ requests: bursts * CONNECTIONS * PIPELINED });
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
  const answer = first ? await send(first, REQUEST, 1, 1) : '';
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

/** Sends bursts of requests, each once the one before is answered, and gives the last answer. */
function send(socket: Socket, request: string, bursts: number, pipelined: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const burst = request.repeat(pipelined);
    let left = bursts;
    let waiting = pipelined;
    let text = '';
    const onData = (more: string): void => {
      text += more;
      for (let end = endOfAnswer(text); end > 0; end = endOfAnswer(text)) {
        const answer = text.slice(0, end);
        if (!answer.startsWith('HTTP/1.1 200')) reject(new Error(answer.slice(0, 200)));
        text = text.slice(end);
        waiting -= 1;
        if (waiting === 0) onBurst(answer);
      }
    };
    const onBurst = (answer: string): void => {
      left -= 1;
      waiting = pipelined;
      if (left > 0) {
        socket.write(burst);
      } else {
        socket.off('data', onData);
        resolve(answer);
      }
    };
    socket.on('data', onData);
    socket.write(burst);
  });
}

const LAST_CHUNK = '\r\n0\r\n\r\n';

/** Gives where the first answer ends, 0 while it is not all there. Next.js sends its answers in chunks, and not always all at once. */
function endOfAnswer(text: string): number {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return 0;
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head)) ?? [];
  if (length === undefined) {
    const last = text.indexOf(LAST_CHUNK, head);
    return last < 0 ? 0 : last + LAST_CHUNK.length;
  }
  const end = head + 4 + Number(length);
  return text.length < end ? 0 : end;
}
