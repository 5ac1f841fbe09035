import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Target } from '../target.js';

/** Where to connect to, and how. */
export interface Place {
  readonly target: Target;
  /** Connect to this address, in the place of what the host's name resolves to. */
  readonly address?: string | undefined;
  /** Connect from this address of the machine. */
  readonly localAddress?: string | undefined;
  /** Certificates of the authorities to believe (PEM). Default: those of Node. */
  readonly ca?: string | undefined;
  /** Believe any certificate. */
  readonly insecure?: boolean | undefined;
}

/** A connection, or why there is none. */
export type Opened =
  | { readonly kind: 'open'; readonly socket: Socket; readonly alpn?: string | undefined }
  | { readonly kind: 'unreachable'; readonly code: string }
  | { readonly kind: 'tls'; readonly code: string };

/** Opens a TCP connection, with TLS where the address says so. The certificate is verified. */
export async function openConnection(
  place: Place,
  protocol: 'http/1.1' | 'h2',
  timeoutMs: number,
): Promise<Opened> {
  const { target, address, localAddress } = place;
  const tcp = connectTcp({
    host: address ?? target.host,
    port: target.port,
    noDelay: true,
    ...(localAddress !== undefined && { localAddress }),
  });
  const failure = await settled(tcp, 'connect', timeoutMs);
  if (failure !== undefined) return { kind: 'unreachable', code: failure };
  if (target.scheme === 'http') return { kind: 'open', socket: tcp };
  const { ca, insecure } = place;
  const secure = connectTls({
    socket: tcp,
    ALPNProtocols: [protocol],
    rejectUnauthorized: insecure !== true,
    // A name alone goes into SNI; an address is compared with the certificate's.
    ...(isIP(target.host) === 0 ? { servername: target.host } : { host: target.host }),
    ...(ca !== undefined && { ca }),
  });
  const refused = await settled(secure, 'secureConnect', timeoutMs);
  if (refused === 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL') {
    return { kind: 'open', socket: secure };
  }
  if (refused !== undefined) {
    tcp.destroy();
    return { kind: 'tls', code: refused };
  }
  return { kind: 'open', socket: secure, alpn: secure.alpnProtocol || undefined };
}

/** Waits for an event of a socket; gives the code of what came in its place. */
function settled(socket: Socket, event: string, timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const end = (code?: string): void => {
      clearTimeout(timer);
      socket.off('error', failed).off('close', closed).off(event, done);
      // What comes later is told by the reader of the answer, or by nobody.
      socket.on('error', () => undefined);
      if (code !== undefined) socket.destroy();
      resolve(code);
    };
    const done = (): void => end();
    const closed = (): void => end('ECONNRESET');
    const failed = (error: NodeJS.ErrnoException): void => end(error.code ?? 'EUNKNOWN');
    const timer = setTimeout(() => end('ETIMEDOUT'), timeoutMs);
    socket.on('error', failed).on('close', closed).on(event, done);
  });
}
