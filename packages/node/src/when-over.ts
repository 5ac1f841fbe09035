import type { Socket } from 'node:net';
import { createSlot } from '@trusted-header/core';
import type { NodeResponse } from './node-request.js';

/** What is to be done when a connection is over: a set, since it carries any number of requests. */
const waiting = createSlot<Set<() => void>>();

/**
 * Calls a function once, when a response or its connection is over, whichever comes first (A7): a pipelined response that never had
 * the connection to itself emits no `close` before Node 24.
 *
 * @param socket Undefined where a request is injected that has none.
 * @param res Undefined where there is none, as for an upgrade.
 */
export function whenOver(
  socket: Socket | undefined,
  res: Pick<NodeResponse, 'once'> | undefined,
  callback: () => void,
): void {
  if (socket?.closed) {
    callback();
    return;
  }
  const calls = socket ? callsOf(socket) : new Set();
  const call = () => {
    if (calls.delete(call)) callback();
  };
  calls.add(call);
  res?.once('close', call);
}

function callsOf(socket: Socket): Set<() => void> {
  const known = waiting.get(socket);
  if (known) return known;
  const calls = new Set<() => void>();
  waiting.set(socket, calls);
  socket.once('close', () => {
    for (const call of calls) call();
  });
  return calls;
}
