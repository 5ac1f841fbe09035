import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { STRANGER } from './ask.js';

/** A request line as it goes over the wire. */
export interface RawAsk {
  readonly target: string;
  readonly method?: string;
  readonly lines?: readonly string[];
  readonly from?: string;
}

/** Sends a request without looking at its target, as a stranger if nothing else is said, and gives all that came back. */
export async function askRaw(
  port: number,
  { target, method = 'GET', lines = [], from = STRANGER }: RawAsk,
): Promise<{ readonly status: number; readonly answer: string }> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  const connection = lines.some((line) => /^connection:/i.test(line)) ? [] : ['Connection: close'];
  const head = [`${method} ${target} HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...connection, ...lines];
  socket.write(`${head.join('\r\n')}\r\n\r\n`, 'latin1');
  socket.setTimeout(10_000, () => socket.destroy());
  const answer = await text(socket).catch(() => '');
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0), answer };
}

/** Opens a WebSocket as far as the first answer. */
export async function upgradeRaw(port: number, target: string, from?: string): Promise<number> {
  const { status } = await askRaw(port, {
    target,
    lines: [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==',
    ],
    ...(from !== undefined && { from }),
  });
  return status;
}
