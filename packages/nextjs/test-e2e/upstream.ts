import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';

/** Where external rewrites go: keeps the headers of every request, and answers when it is told to. */
export interface Upstream {
  readonly url: string;
  readonly seen: { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  /** Requests to `/…/slow` wait for this. */
  release(): void;
  close(): void;
}

export async function startUpstream(): Promise<Upstream> {
  const seen: Upstream['seen'] = [];
  const waiting: (() => void)[] = [];
  const server = createServer((req, res) => {
    seen.push({ path: req.url ?? '', headers: req.headers });
    if (req.url?.endsWith('/slow')) waiting.push(() => res.end('upstream'));
    else res.end('upstream');
  });
  server.on('upgrade', (req, socket) => {
    seen.push({ path: req.url ?? '', headers: req.headers });
    socket.on('end', () => socket.end());
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    release: () => {
      for (const answer of waiting.splice(0)) answer();
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
