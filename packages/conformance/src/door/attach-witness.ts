import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Witness } from '../case.js';
import type { SightingRecorder } from './record-sightings.js';

/** Puts a witness at a server that does not listen yet, as a library would that knows nothing of the target. */
export function attachWitness(server: Server, by: Witness, { see }: SightingRecorder): void {
  switch (by) {
    case 'logger':
      server.prependListener('request', (req) => see(by, req));
      return;
    case 'checkContinue':
      server.on(by, (req: IncomingMessage, res: ServerResponse) => {
        see(by, req);
        res.writeContinue();
        server.emit('request', req, res);
      });
      return;
    case 'checkExpectation':
      server.on(by, (req: IncomingMessage, res: ServerResponse) => {
        see(by, req);
        res.end('expected');
      });
      return;
    case 'connect':
    case 'upgrade':
      server.on(by, (req: IncomingMessage, socket: Duplex, head: Buffer) => {
        see(by, req);
        socket.on('error', () => undefined);
        socket.end(Buffer.concat([Buffer.from(TAKEN_OVER[by]), head]));
      });
      return;
    case 'dropRequest':
      server.maxRequestsPerSocket = 1;
      server.on(by, (req: IncomingMessage) => see(by, req));
      return;
    case 'polling':
      interceptPolling(server, (req) => see(by, req));
  }
}

const TAKEN_OVER = {
  connect: 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
  upgrade: 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n',
};

/** What `attach()` of Engine.IO does. It takes for its own whatever any parser of targets might. */
function interceptPolling(server: Server, see: (req: IncomingMessage) => void): void {
  const others = server.listeners('request').slice();
  server.removeAllListeners('request');
  server.on('request', (req: IncomingMessage, res: ServerResponse) => {
    if (!req.url?.includes('polling')) {
      for (const other of others) Reflect.apply(other, server, [req, res]);
      return;
    }
    see(req);
    res.end('polled');
  });
}
