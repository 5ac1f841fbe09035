import { once } from 'node:events';
import { WebSocket } from 'ws';
import { openConnection } from './open-connection.js';
import type { Result, WebSocketOrder } from './protocol.js';

const PATIENCE_MS = 5_000;

/** Opens a WebSocket, sends messages, and waits for as many answers. An answer to the upgrade itself is a reply too. */
export async function sendWebSocket(order: WebSocketOrder): Promise<Result> {
  const tcp = await openConnection(order.to, ['http/1.1']);
  const socket = new WebSocket(`ws://${order.to.tls ?? order.to.address}${order.path}`, {
    createConnection: () => tcp,
    headers: Object.fromEntries(order.headers),
    handshakeTimeout: PATIENCE_MS,
  });
  const messages: string[] = [];
  return new Promise((resolve, reject) => {
    const end = (status: number, headers: Record<string, string>, body: string): void => {
      clearTimeout(timer);
      const reply = { status, headers, body, streamedForMs: 0 };
      resolve({ kind: 'messages', reply, messages });
      socket.terminate();
    };
    const timer = setTimeout(() => end(101, {}, messages[0] ?? ''), PATIENCE_MS);
    socket.once('error', reject);
    socket.once('unexpected-response', async (_request, response) => {
      response.resume();
      await once(response, 'end');
      end(response.statusCode ?? 0, { location: response.headers.location ?? '' }, '');
    });
    socket.once('open', () => {
      for (const message of order.messages) socket.send(message);
    });
    socket.on('message', (data) => {
      messages.push(String(data));
      if (messages.length === order.answers) end(101, {}, messages[0] ?? '');
    });
  });
}
