import { once } from 'node:events';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';

/** Who comes: from where, and with which header lines. */
export interface Visitor {
  readonly from: '127.0.0.1' | '127.0.0.2';
  readonly headers: Readonly<Record<string, string>>;
}

export const JOHN: Visitor = { from: '127.0.0.1', headers: { 'Remote-User': 'john' } };
export const NOBODY: Visitor = { from: '127.0.0.1', headers: {} };
export const OUTSIDER: Visitor = { from: '127.0.0.2', headers: {} };
export const STRANGER: Visitor = { from: '127.0.0.2', headers: { 'Remote-User': 'mallory' } };
export const AMBIGUOUS: Visitor = {
  from: '127.0.0.1',
  headers: { 'Remote-User': 'john', Remote_User: 'mallory' },
};

/** Joins by socket.io, and gives for whom the server takes them, or with what status they are turned away. */
export async function join(
  port: number,
  transport: 'polling' | 'websocket',
  { from, headers }: Visitor,
): Promise<unknown> {
  const agent = new Agent({ localAddress: from });
  // Its types are those of browsers.
  const ofNode: object = { agent };
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: [transport],
    extraHeaders: headers,
    reconnection: false,
    forceNew: true,
    ...ofNode,
  });
  const joined = new Promise((tell) => {
    socket.on('you', tell);
    socket.on('connect_error', (error) => tell(statusIn(error)));
  });
  const seen = await joined;
  socket.close();
  agent.destroy();
  return seen;
}

/** Joins by a WebSocket. */
export async function open(port: number, { from, headers }: Visitor): Promise<unknown> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { headers, localAddress: from });
  socket.on('error', () => undefined);
  const seen = await Promise.race([
    once(socket, 'message').then(([data]) => String(data)),
    once(socket, 'unexpected-response').then(([, res]) => res.statusCode),
  ]);
  socket.terminate();
  return seen;
}

/** Sends a request of which no client library would change a letter, and gives status and body. */
export async function ask(
  port: number,
  target: string,
  { from, headers }: Visitor,
): Promise<string> {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  socket.setEncoding('latin1');
  socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${lines.join('')}\r\n`);
  let text = '';
  for await (const chunk of socket) text += chunk;
  return `${text.slice(9, 12)} ${text.slice(text.indexOf('\r\n\r\n') + 4)}`;
}

function statusIn(error: Error): unknown {
  const description: unknown = Reflect.get(error, 'description');
  if (typeof description === 'number') return description;
  const message: unknown = Reflect.get(Object(description), 'message') ?? error.message;
  return Number(/\d{3}/.exec(String(message))?.[0]);
}
