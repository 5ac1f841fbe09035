import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A request at the moment when it arrives, before anybody has touched it. */
export interface Arrival {
  readonly request: IncomingMessage;
  readonly socket: Socket;
  /** Undefined for an upgrade, which is over with its connection. */
  readonly response: ServerResponse | undefined;
  /** What stands in the request line of a GET or HEAD. Undefined for other methods and for upgrades. */
  readonly fileTarget: string | undefined;
}

/** Keeps what is there on arrival and may change: servers and Next rewrite the URL of a request in place. */
export function readArrival(request: IncomingMessage, response?: ServerResponse): Arrival {
  const { socket, method, url } = request;
  const isForFile = response && (method === 'GET' || method === 'HEAD');
  return { request, socket, response, fileTarget: isForFile ? url : undefined };
}
