import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect as connectHttp2, type OutgoingHttpHeaders } from 'node:http2';
import { type AddressInfo, connect } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** An authorization server and an application, as simple as they can be. */
export interface World {
  readonly auth: string;
  readonly app: string;
  close(): Promise<void>;
}

/** What the application saw: the header lines, in lower case, and the body. */
export interface Seen {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/**
 * Starts both on loopback.
 *
 * The authorization server answers by the cookie `as`: `john` is somebody, `empty` has a user and nothing else, `nobody`
 * is let in without a name (what Authelia's bypass does); without the cookie it wants a sign-in. Below `/oauth2/` it is an
 * oauth2-proxy, whose pages show what reached them.
 */
export async function startWorld(): Promise<World> {
  const auth = await listen(
    createServer((request, response) => {
      const as = /(?:^|; )as=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
      const isAuthRequest = request.url?.startsWith('/api/authz/auth-request') ?? false;
      const target =
        request.headers[isAuthRequest ? 'x-original-url' : 'x-forwarded-uri'] ?? 'no-target';
      if (request.url?.startsWith('/oauth2/')) {
        if (request.url !== '/oauth2/auth')
          return response.end(JSON.stringify({ headers: pairsOf(request), body: request.url }));
        if (as === 'john') response.setHeader('X-Auth-Request-User', 'john');
        else response.statusCode = 401;
        return response.end(Buffer.from(''));
      }
      if (as === 'john') {
        response.setHeader('Remote-User', 'john');
        response.setHeader('Remote-Groups', 'admin,dev');
        response.setHeader('Remote-Name', Buffer.from('Jürgen').toString('latin1'));
        response.setHeader('Remote-Email', 'john@example.com');
      }
      if (as === 'empty') {
        response.setHeader('Remote-User', 'john');
        response.setHeader('Remote-Groups', '');
        response.setHeader('Remote-Name', '');
        response.setHeader('Remote-Email', '');
      }
      if (as === undefined) {
        response.statusCode = isAuthRequest ? 401 : 302;
        response.setHeader('Location', `https://auth.example.com/?rd=${String(target)}`);
      }
      if (as === 'banned') response.statusCode = 403;
      // As a Buffer: Node writes the header with the encoding of a body that is a string.
      return response.end(Buffer.from('OK'));
    }),
  );
  const app = createServer(async (request, response) => {
    response.end(JSON.stringify({ headers: pairsOf(request), body: await textOf(request) }));
  });
  app.on('upgrade', (request, socket) => {
    socket.end(
      `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n${JSON.stringify({ headers: pairsOf(request), body: '' })}`,
    );
  });
  const application = await listen(app);
  return {
    auth: auth.url,
    app: application.url,
    close: async () => {
      await Promise.all([auth.close(), application.close()]);
    },
  };
}

/** Sends text as it is, and gives what comes back until the connection closes. */
export async function send(port: number, text: string): Promise<{ status: number; text: string }> {
  const socket = connect(port, '127.0.0.1');
  socket.write(Buffer.from(text, 'latin1'));
  let received = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    received += chunk;
  });
  await once(socket, 'close');
  return { status: Number(/^HTTP\/1\.[01] (\d{3})/.exec(received)?.[1]), text: received };
}

/** Sends a request over HTTP/2 and TLS, and gives the body of the answer. */
export async function sendHttp2(port: number, headers: OutgoingHttpHeaders): Promise<string> {
  const session = connectHttp2(`https://app.example.com:${port}`, {
    rejectUnauthorized: false,
    createConnection: () =>
      connectTls({
        port,
        host: '127.0.0.1',
        servername: 'app.example.com',
        ALPNProtocols: ['h2'],
        rejectUnauthorized: false,
      }),
  });
  const stream = session.request(headers).setEncoding('utf8');
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  session.close();
  return text;
}

/** What the application saw, out of a response. */
export function seenIn(text: string): Seen {
  const json = /\{"headers".*\}/s.exec(text)?.[0];
  if (json === undefined) throw new Error(`the request did not reach the application: ${text}`);
  return JSON.parse(json.replace(/\r\n[0-9a-f]+\r\n/g, ''));
}

/** The header lines of a request, in lower case. */
export function pairsOf({ rawHeaders }: IncomingMessage): [string, string][] {
  return rawHeaders.flatMap((name, i): [string, string][] =>
    i % 2 === 0
      ? [[name.toLowerCase(), Buffer.from(rawHeaders[i + 1] ?? '', 'latin1').toString('utf8')]]
      : [],
  );
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** Starts a server on a free port of 127.0.0.1. */
export async function listen(
  server: Server,
  scheme: 'http' | 'https' = 'http',
): Promise<{ url: string; close: () => Promise<void> }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `${scheme}://127.0.0.1:${portOf(server.address())}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
