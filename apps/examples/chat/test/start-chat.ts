import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';

export type Names = Readonly<Record<string, string>>;

/** A browser of its own, with its cookies, behind a proxy that names somebody. */
export interface Browser {
  /** Gives the status. */
  ask(path: string, headers: Names, method?: 'GET' | 'POST'): Promise<number | undefined>;
  /** Opens a socket, and gives it with the rooms that it is in, or throws what it is refused with. */
  open(headers: Names): Promise<{ readonly socket: Socket; readonly rooms: readonly string[] }>;
}

export interface RunningChat {
  openBrowser(from?: string): Browser;
  stop(): void;
}

/** Starts the built application in a process of its own: this process would be no proxy, since it is the application's. */
export async function startChat(env: Names): Promise<RunningChat> {
  const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
  const child = spawn(process.execPath, [main], {
    env: { PORT: '0', SESSION_SECRET: 'a secret of this test and of nobody else', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const port = Number(/:(\d+)\n/.exec(line)?.[1]);
  const sockets: Socket[] = [];
  return {
    openBrowser: (from = '127.0.0.1') => openBrowser(port, from, sockets),
    stop() {
      for (const socket of sockets) socket.disconnect();
      child.kill();
    },
  };
}

function openBrowser(port: number, localAddress: string, sockets: Socket[]): Browser {
  const cookies = new Map<string, string>();
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return {
    async ask(path, headers, method = 'GET') {
      const where = { host: '127.0.0.1', port, path, method, localAddress, agent: false };
      const sent = request({ ...where, headers: { cookie: cookie(), ...headers } }).end();
      const [response]: IncomingMessage[] = await once(sent, 'response');
      for (const line of response?.headers['set-cookie'] ?? []) {
        const [name = '', value = ''] = line.split(/[=;]/);
        cookies.set(name, value);
      }
      response?.resume();
      return response?.statusCode;
    },
    async open(headers) {
      const options: Partial<ManagerOptions & SocketOptions> & { localAddress: string } = {
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
        extraHeaders: { cookie: cookie(), ...headers },
        localAddress,
      };
      const socket = io(`http://127.0.0.1:${port}`, options);
      sockets.push(socket);
      const rooms = await new Promise<string[]>((resolve, reject) => {
        socket.once('rooms', resolve);
        socket.once('connect_error', (error) => reject(new Error(reasonOf(error))));
      });
      return { socket, rooms };
    },
  };
}

/** What the WebSocket says of the answer that refused it, or what socket.io says by itself. */
function reasonOf(error: Error): string {
  const description: unknown = Reflect.get(error, 'description');
  const inner: unknown = Object(description).message;
  return typeof inner === 'string' ? inner : error.message;
}
