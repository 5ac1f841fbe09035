import { once } from 'node:events';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { makeSelfSigned } from './own/make-certificate.mjs';
import { type ServerProcess, startServerProcess } from './server-process.js';

/** What a server tells of a request's certificate. */
export interface Told {
  readonly certificate?: {
    readonly commonName?: string;
    readonly dnsNames?: readonly string[];
    readonly fingerprint?: string;
  };
  readonly error?: string;
  /** What an authenticator decides that lists fingerprints; only where that is asked. */
  readonly verdict?: string;
  readonly isReused: boolean;
  readonly port: number;
}

/** Asks for client certificates and lets everybody in, verified or not. */
export interface TlsServer extends ServerProcess {
  /** Changes the authorities or the ticket keys, or what is listed, from the next handshake on. */
  change(what: Changes): Promise<unknown>;
}

const SERVER = makeSelfSigned();

/**
 * Starts an HTTPS server, of both versions of HTTP, in a process of its own, that answers with what it is told of certificates.
 *
 * @param more Further options of the server, as source text.
 */
export async function startTlsServer(
  authorities: readonly string[],
  more = '',
): Promise<TlsServer> {
  const server = await startServerProcess(`
    const proving = createAuthenticator({
      trustedProxies: '127.0.0.1', log: false, clientCertificate: { fingerprints: ['0'.repeat(64)] },
    });
    const settings = ${JSON.stringify({ cert: SERVER.cert, key: SERVER.key })};
    const server = http2.createSecureServer({
      ...settings, ca: ${JSON.stringify(authorities)}, allowHTTP1: true,
      requestCert: true, rejectUnauthorized: false, ${more}
    }, (req, res) => {
      const asked = req.headers['x-ask'];
      const { socket } = req;
      if (asked === 'unauthorized') socket.authorized = false;
      if (asked.startsWith('fault:')) socket.authorizationError = JSON.parse(asked.slice(6));
      const facts = factsFromRequest(req);
      const { kind, reason = kind } = proving.authenticate({ ...facts, rawHeaders: ['Remote-User', 'alice'] });
      res.end(JSON.stringify({
        ...(asked === 'verdict' && { verdict: reason }),
        certificate: facts.clientCertificate?.(), error: facts.certificateError,
        isReused: socket.isSessionReused(), port: facts.peerPort,
      }));
    });
    answers = (word) => {
      const { ca, ticketKeys, fingerprints } = JSON.parse(word);
      if (fingerprints) proving.setProofs({ clientCertificate: { fingerprints } });
      if (ca) server.setSecureContext({ ...settings, ca });
      if (ticketKeys) server.setTicketKeys(Buffer.alloc(48, ticketKeys));
      return 'done';
    };
    tell({ port: await listen(server) });
  `);
  return { ...server, change: (what) => server.ask(JSON.stringify(what)) };
}

interface Changes {
  readonly ca?: readonly string[];
  readonly ticketKeys?: number;
  readonly fingerprints?: readonly string[];
}

type Asked = `fault:${string}` | 'unauthorized' | 'verdict';

/** One connection of a client. */
export interface TlsClient {
  readonly port: number | undefined;
  /**
   * @param how `fault:"CODE"` and `unauthorized`: the server first notes on the connection that its certificate could not be verified,
   *   in one of the two ways in which Node does.
   */
  ask(how?: Asked): Promise<Told>;
  /** The newest session that the server has given. */
  session(): Buffer | undefined;
  close(): void;
}

/** Connects over HTTP/1.1, with a certificate and a session or without. */
export async function connectTls(
  { port }: ServerProcess,
  options: ConnectionOptions = {},
): Promise<TlsClient> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
  let session: Buffer | undefined;
  socket.on('session', (given) => {
    session = given;
  });
  await once(socket, 'secureConnect');
  return {
    port: socket.localPort,
    ask: (how) => askOn(socket, how),
    session: () => session,
    close: () => socket.destroy(),
  };
}

async function askOn(socket: TLSSocket, how = 'nothing'): Promise<Told> {
  socket.write(`GET / HTTP/1.1\r\nHost: app\r\nX-Ask: ${how}\r\n\r\n`);
  let text = '';
  while (!/\}(\r\n0\r\n\r\n)?$/.test(text)) {
    const [chunk] = await once(socket, 'data');
    text += String(chunk);
  }
  return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
}

/** Connects over HTTP/2. */
export async function connectTlsHttp2(
  { port }: ServerProcess,
  options: ConnectionOptions = {},
): Promise<TlsClient> {
  const client = connectHttp2(`https://127.0.0.1:${port}`, {
    rejectUnauthorized: false,
    ...options,
  });
  let session: Buffer | undefined;
  client.on('connect', () => {
    client.socket.on('session', (given: Buffer) => {
      session = given;
    });
  });
  await once(client, 'connect');
  return {
    port: client.socket.localPort,
    ask: (how) => askHttp2(client, how),
    session: () => session,
    close: () => client.destroy(),
  };
}

async function askHttp2(client: ClientHttp2Session, how = 'nothing'): Promise<Told> {
  const stream = client.request({ ':path': '/', 'x-ask': how });
  let text = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream) text += chunk;
  return JSON.parse(text);
}
