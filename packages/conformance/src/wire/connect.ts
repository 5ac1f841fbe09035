import { connect as connectSocket, type NetConnectOpts, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { parseResponse, type WireResponse } from './parse-response.js';

/** One connection of a client that writes exactly the bytes it is given. */
export interface Connection {
  /** @param bytes One character a byte. */
  write(bytes: string): void;
  /** Waits for the next final response on this connection. */
  read(isHead: boolean): Promise<WireResponse>;
  /** Waits for bytes behind the last response, one character a byte. */
  readBytes(count: number): Promise<string>;
  /** Hangs up rudely (RST), so that the server cannot even tell any more who it was. */
  reset(): void;
  close(): void;
}

const PATIENCE_MS = 4_000;

/** Comes before the response (RFC 9110 section 15.2.1). */
const CONTINUE = 100;

/** Opens a connection, with TLS or without. Rejects where the machine has no such address. */
export function connect(where: NetConnectOpts, tls?: ConnectionOptions): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = open(where, tls);
    let received = '';
    let isClosed = false;
    let failure = 'closed the connection';
    let wake: () => void = () => undefined;

    socket.setEncoding('latin1');
    socket.on('data', (bytes: string) => {
      received += bytes;
      wake();
    });
    socket.on('error', (error) => {
      failure = error.message;
      reject(error);
    });
    socket.on('close', () => {
      isClosed = true;
      wake();
    });
    socket.on(tls ? 'secureConnect' : 'connect', () =>
      resolve({
        write: (bytes) => socket.write(bytes, 'latin1'),
        read,
        readBytes,
        reset: () => socket.resetAndDestroy(),
        close: () => socket.destroy(),
      }),
    );

    async function readBytes(count: number): Promise<string> {
      const deadline = Date.now() + PATIENCE_MS;
      while (received.length < count) {
        if (isClosed) throw new Error(`expected ${count} bytes more; the server ${failure}`);
        await activity(deadline - Date.now());
      }
      const bytes = received.slice(0, count);
      received = received.slice(count);
      return bytes;
    }

    async function read(isHead: boolean): Promise<WireResponse> {
      const deadline = Date.now() + PATIENCE_MS;
      for (;;) {
        const parsed = parseResponse(received, isHead, isClosed);
        if (parsed) {
          received = received.slice(parsed.length);
          if (parsed.response.status === CONTINUE) continue;
          return parsed.response;
        }
        if (isClosed) throw new Error(`expected an answer; the server ${failure}`);
        await activity(deadline - Date.now());
      }
    }

    function activity(patience: number): Promise<void> {
      return new Promise((arrived, tooLate) => {
        const timer = setTimeout(
          () => tooLate(new Error(`expected an answer within ${PATIENCE_MS / 1000} s; none came`)),
          Math.max(0, patience),
        );
        wake = () => {
          clearTimeout(timer);
          arrived();
        };
      });
    }
  });
}

/** The server's certificate is nobody's business here. */
function open(where: NetConnectOpts, tls: ConnectionOptions | undefined): Socket {
  const socket = connectSocket({ ...where, noDelay: true });
  return tls ? connectTls({ ...tls, socket, rejectUnauthorized: false }) : socket;
}
