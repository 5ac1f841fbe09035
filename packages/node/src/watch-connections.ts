import { subscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import { isObject } from '@trusted-header/core';
import { type ConnectionMatcher, createConnectionMatcher } from './match-connections.js';

/**
 * Watches the TCP connections of this thread, from now on: those that it opens, with whatever client, and those that its
 * servers accept.
 *
 * All clients of Node connect by `net.Socket.prototype.connect`, so that is where they are seen. Node's diagnostics
 * channels tell of some of them only: before Node 22, not of `tls`, HTTP/2 over TLS and sockets made by hand.
 *
 * @param counts Asked when a connection is being opened: false leaves it alone.
 */
export function watchConnections(counts: () => boolean): ConnectionMatcher {
  const matcher = createConnectionMatcher();
  let isWatching = false;

  function watch(socket: Socket): void {
    if (!counts()) return;
    // A process that opens no connection has nothing to match with those that it accepts.
    if (!isWatching) subscribe('net.server.socket', onAccepted);
    isWatching = true;
    socket.prependOnceListener('connect', () => matcher.opened(socket));
  }

  function onAccepted(message: unknown): void {
    if (!isObject(message) || !('socket' in message)) return;
    if (message.socket instanceof Socket) matcher.accepted(message.socket);
  }

  // A proxy keeps the name and whatever others have put on the function; who wraps it later calls this one.
  Socket.prototype.connect = new Proxy(Socket.prototype.connect, {
    apply(connect, self, args) {
      if (self instanceof Socket) watch(self);
      return Reflect.apply(connect, self, args);
    },
  });
  return matcher;
}
