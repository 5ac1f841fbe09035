import { Server as HttpServer } from 'node:http';
import { Server } from 'node:net';

/** Who is told of the servers that get a connection. */
const watchers = new Set<(server: unknown) => void>();

let isWatching = false;

/**
 * Calls back for a server with each connection that it gets, before anybody else hears of it: where the runtime has no diagnostics
 * channel that tells (Bun). Servers hand everything over by `emit`, of which they have none of their own.
 *
 * @returns Stops it.
 */
export function watchEmits(onConnection: (server: unknown) => void): () => void {
  watchers.add(onConnection);
  if (!isWatching) for (const { prototype } of [Server, HttpServer]) wrapEmit(prototype);
  isWatching = true;
  return () => {
    watchers.delete(onConnection);
  };
}

function wrapEmit(prototype: Server): void {
  const emit = prototype.emit;
  Object.defineProperty(prototype, 'emit', {
    value(this: Server, event: string | symbol, ...args: unknown[]): boolean {
      if (event === 'connection' || event === 'secureConnection') {
        for (const tell of watchers) tell(this);
      }
      return Reflect.apply(emit, this, [event, ...args]);
    },
    configurable: true,
    writable: true,
  });
}
