import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** What an application got. */
export interface Received {
  readonly peer: string | undefined;
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly lines: readonly string[];
  readonly bytes: number;
}

export interface EchoApp {
  readonly url: string;
  readonly port: number;
  readonly received: Received[];
  close(): Promise<void>;
}

/** Starts an application that keeps what it gets; `/drip` answers in two parts, a second request lets the second go. */
export async function startEchoApp(): Promise<EchoApp> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  let release = (): void => undefined;
  const server = createServer(async (req, res) => {
    const bytes = await countBytes(req);
    if (bytes === undefined) return;
    received.push({
      peer: req.socket.remoteAddress,
      method: req.method,
      url: req.url,
      lines: req.rawHeaders,
      bytes,
    });
    if (req.url === '/drip') {
      res.write('first ');
      release = () => res.end('second');
    } else if (req.url === '/release') {
      release();
      res.end();
    } else {
      res.writeHead(req.url === '/teapot' ? 418 : 200, { 'x-app': 'yes' });
      res.end(`app ${bytes}`);
    }
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Counts a body; undefined where the client hung up. */
async function countBytes(req: IncomingMessage): Promise<number | undefined> {
  let bytes = 0;
  try {
    for await (const chunk of req) bytes += chunk.length;
  } catch {
    return undefined;
  }
  return bytes;
}

/** The values of all lines with this name, as bytes. */
export function valuesOf({ lines }: Received, name: string): string[] {
  return lines.filter((_, i) => i % 2 === 1 && lines[i - 1]?.toLowerCase() === name);
}
