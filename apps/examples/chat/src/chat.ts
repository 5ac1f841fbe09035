import type { Server } from 'node:http';
import { keptDecision } from '@trusted-header/core';
import { stillBound } from '@trusted-header/login';
import type { RequestHandler } from 'express';
import type { Store } from 'express-session';
import { type Socket, Server as SocketServer } from 'socket.io';

/** Everybody's room; the others are the groups that the proxy names. */
const EVERYBODY = 'everybody';
const CHECK_MS = 1_000;
const LONGEST = 2_000;

/** Opens the chat at a server that `guardServer` stands in front of: who gets here is somebody, from a page of ours. */
export function openChat(
  server: Server,
  { sessions, store }: { readonly sessions: RequestHandler; readonly store: Store },
) {
  // WebSockets alone: with polling, each message would be a request of its own, which somebody else may send.
  const io = new SocketServer(server, { transports: ['websocket'], maxHttpBufferSize: 10_000 });
  io.engine.use(sessions);
  io.use((socket, next) => {
    isSignedIn(socket).then((isIn) => next(isIn ? undefined : new Error('signed out')), next);
  });
  io.on('connection', (socket) => {
    const decision = keptDecision(socket.request);
    if (decision?.kind !== 'authenticated') {
      socket.disconnect(true);
      return;
    }
    const { user, groups = [] } = decision.identity;
    const rooms = [EVERYBODY, ...groups.map((group) => `group ${group}`)];
    socket.join([...rooms, ofSession(sessionIdOf(socket) ?? '')]);
    socket.emit('rooms', rooms);
    socket.on('say', (room: unknown, text: unknown) => {
      // Nobody speaks in a room that is not theirs: the client has written this.
      const given = rooms.find((each) => each === room);
      if (given === undefined || typeof text !== 'string' || text.length > LONGEST) return;
      io.to(given).emit('said', { room: given, user, text });
    });
  });

  // No header comes after the one that opened a socket: whether its session goes on is asked as long as it lives.
  const timer = setInterval(() => void endWhoIsGone(), CHECK_MS);
  server.once('close', () => clearInterval(timer));
  return { endSession: (id: string) => io.in(ofSession(id)).disconnectSockets(true) };

  async function endWhoIsGone(): Promise<void> {
    for (const socket of io.sockets.sockets.values()) {
      if (!(await isSignedIn(socket).catch(() => false))) socket.disconnect(true);
    }
  }

  /** Tells whether the session in which a socket was opened is there, and of whom the proxy named then. */
  function isSignedIn(socket: Socket): Promise<boolean> {
    const id = sessionIdOf(socket);
    const decision = keptDecision(socket.request);
    if (id === undefined || !decision) return Promise.resolve(false);
    return new Promise((resolve, reject) => {
      store.get(id, (error, found) =>
        error ? reject(error) : resolve(stillBound(Object(found).trustedHeader, decision)),
      );
    });
  }
}

/** Not a room that a group could be called, nor one to speak in. */
function ofSession(id: string): string {
  return `session ${id}`;
}

/** What express-session has put on the request that opened the socket. */
function sessionIdOf(socket: Socket): string | undefined {
  const id: unknown = Reflect.get(socket.request, 'sessionID');
  return typeof id === 'string' ? id : undefined;
}
