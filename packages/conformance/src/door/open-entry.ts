import { createServer, type Server } from 'node:http';
import { createServer as createNetServer, type Server as NetServer } from 'node:net';
import type { Entry } from '../case.js';

/** Where the requests of a case come in. */
export interface OpenEntry {
  /** Has the witnesses. */
  readonly server: Server;
  /** Is to listen. */
  readonly listener: NetServer;
}

/** Makes the server that a case asks for, with the request listeners of the target's. */
export function openEntry(server: Server, entry: Entry | undefined): OpenEntry {
  if (entry === undefined) return { server, listener: server };
  const second = createServer();
  for (const listener of server.rawListeners('request'))
    Reflect.apply(second.on, second, ['request', listener]);
  if (entry === 'second-server') return { server: second, listener: second };
  // A turn later, as one does who looks at the first bytes before.
  const listener = createNetServer((socket) =>
    setImmediate(() => second.emit('connection', socket)),
  );
  return { server: second, listener };
}
