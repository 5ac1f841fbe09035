import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What clients do to a server, and what may come of it: an answer is `user` or a status, or none. */
export interface Fault {
  readonly name: string;
  /** Matches every answer that is right. */
  readonly expected: RegExp;
  /** Takes seconds, and little of the server. */
  readonly isSlow?: true;
  run(port: number, i: number): Promise<string>;
}

const JOHN = 'Remote-User: john\r\nRemote-Groups: admin\r\n';
const head = (lines: string, version = '1.1'): string =>
  `GET / HTTP/${version}\r\nHost: a\r\nConnection: close\r\n${lines}\r\n`;
/** Responses behind the first one never get the connection, and Node 20 and 22 do not say that they are over. */
const PIPELINE = `${head(JOHN).replace('close', 'keep-alive').replace('GET /', 'GET /slow')}${head(
  JOHN,
)
  .replace('close', 'keep-alive')
  .repeat(100)}`;
const TOO_LARGE = /^431$|^none$/;

export const FAULTS: readonly Fault[] = [
  one('an honest request', /^john$/, () => head(JOHN)),
  one('a header block of 15 KB', /^john$/, () => head(`${JOHN}X-A: ${'x'.repeat(15_000)}\r\n`)),
  one('a header block of 17 KB', TOO_LARGE, () => head(`${JOHN}X-A: ${'x'.repeat(17_000)}\r\n`)),
  one('10 000 groups', TOO_LARGE, () =>
    head(`Remote-User: john\r\nRemote-Groups: ${'group,'.repeat(10_000)}\r\n`),
  ),
  one('2 000 groups of a letter', /^john$|^403$/, () =>
    head(`Remote-User: john\r\nRemote-Groups: ${'a,b,'.repeat(1_000)}\r\n`),
  ),
  one('2 000 header lines', /^403$|^431$/, () => head(`${'A:1\r\n'.repeat(2_000)}${JOHN}`)),
  one('a user twice', /^403$/, () => head(`${JOHN}${JOHN}`)),
  one('a user in no encoding', /^403$/, () => head('Remote-User: j\xff\r\n')),
  one('nobody', /^401$/, () => head('')),
  { name: 'a stranger', expected: /^403$/, run: (port, i) => stranger(port, i) },
  { name: 'an aborted request', expected: /^none$/, run: (port) => aborted(port, head(JOHN)) },
  { name: 'half of a request', expected: /^none$|^400$|^408$/, run: (port) => halfClosed(port) },
  { name: 'slow header lines', expected: /^none$|^408$/, isSlow: true, run: (port) => slow(port) },
  {
    name: 'a body that never comes',
    expected: /^none$|^401$|^403$|^408$|^john$/,
    isSlow: true,
    run: (port) => bodiless(port),
  },
  {
    name: 'many requests at once, and gone',
    expected: /^none$/,
    run: (port) => aborted(port, head(JOHN).replace('close', 'keep-alive').repeat(50)),
  },
  {
    name: 'a pipeline behind a slow answer, and gone',
    expected: /^none$/,
    run: (port) => aborted(port, PIPELINE, 20),
  },
  { name: 'an upgrade that nobody closes', expected: /^401$/, run: (port) => openHalf(port) },
];

function one(name: string, expected: RegExp, bytes: () => string): Fault {
  return { name, expected, run: (port) => talk(port, bytes()) };
}

/** One log line for each stranger, at most: a flood of them comes from many addresses. */
function stranger(port: number, i: number): Promise<string> {
  return talk(port, head(JOHN), `127.${1 + (i % 100)}.${i % 250}.${2 + (i % 200)}`);
}

async function aborted(port: number, bytes: string, after = 1): Promise<string> {
  const socket = await open(port);
  socket.write(bytes, 'latin1');
  await pause(after);
  socket.resetAndDestroy();
  return 'none';
}

/** The client says that it has finished, in the middle of a line. */
async function halfClosed(port: number): Promise<string> {
  const socket = await open(port);
  socket.end('GET / HTTP/1.1\r\nHost: a\r\nRemote-Us');
  return answerOn(socket);
}

async function slow(port: number): Promise<string> {
  const socket = await open(port);
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n');
  const answer = answerOn(socket);
  for (let i = 0; i < 12 && !socket.destroyed; i++) {
    await pause(500);
    if (!socket.destroyed) socket.write(`X-${i}: 1\r\n`);
  }
  socket.destroy();
  return answer;
}

async function bodiless(port: number): Promise<string> {
  const socket = await open(port);
  socket.write(
    `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n${JOHN}\r\nhalf`,
  );
  const answer = answerOn(socket);
  await pause(2_000);
  socket.destroy();
  return answer;
}

async function talk(port: number, bytes: string, from?: string): Promise<string> {
  const socket = await open(port, from);
  socket.write(bytes, 'latin1');
  return answerOn(socket);
}

/** Clients that keep their side of the connection to the end: so many that it shows if the server does as well. */
const kept: Socket[] = [];
const MOST_KEPT = 200;

async function openHalf(port: number): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
  const [bytes] = await once(socket, 'data');
  if (kept.length < MOST_KEPT) kept.push(socket);
  else socket.destroy();
  return /^HTTP\/1\.1 (\d{3})/.exec(String(bytes))?.[1] ?? 'none';
}

async function open(port: number, from?: string): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', ...(from && { localAddress: from }) });
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  return socket;
}

async function answerOn(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  if (!socket.destroyed) await new Promise((resolve) => socket.once('close', resolve));
  const user = /"user":"(\w+)"/.exec(text)?.[1];
  return user ?? /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 'none';
}
