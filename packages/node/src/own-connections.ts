import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';

/** Our ends of the TCP connections that this process has opened, by the addresses and ports of both ends. */
const opened = new Map<string, Socket>();

/** Other ends, once they have been recognised: what they carry later is ours as well. */
const recognised = new WeakSet<Socket>();

/** A client may write its request and be gone before the server reads it. */
const REMEMBERED_MS = 30_000;

/**
 * Tests call servers of their own process as if they were the proxy. There, only what is opened while a request is being
 * handled counts as an application that calls itself.
 */
const isTestRun = process.env.NODE_ENV === 'test' || process.env.NODE_TEST_CONTEXT !== undefined;
const handling = new AsyncLocalStorage<true>();

/**
 * Tells whether the other end of an accepted connection is this very process (T8). An application that calls itself,
 * with headers that somebody gave it, is not its own proxy, though it may share the proxy's address.
 *
 * Sees what `http`, `https`, `net` and `fetch` open in this thread since this module was loaded. Does not see other
 * threads and processes, Unix sockets, nor, before Node 22, a `new net.Socket()` that is connected by hand and an
 * `https` request whose body is still being sent.
 *
 * In a test run (`NODE_ENV=test`, `node --test`) it knows only connections that were opened while a request was handled.
 */
export function isOwnConnection(accepted: Socket): boolean {
  if (opened.size === 0) return false;
  if (recognised.has(accepted)) return true;
  const { localAddress, localPort, remoteAddress, remotePort } = accepted;
  if (!opened.has(keyOf(remoteAddress, remotePort, localAddress, localPort))) return false;
  recognised.add(accepted);
  return true;
}

subscribe('net.client.socket', remember);
subscribe('undici:client:connected', remember);
// Before Node 22 the first of them does not tell of TLS.
subscribe('http.client.request.start', (message) => {
  if (hasKey(message, 'request')) remember(message.request);
});
if (isTestRun) subscribe('http.server.request.start', () => handling.enterWith(true));

function remember(message: unknown): void {
  if (isTestRun && !handling.getStore()) return;
  if (!hasKey(message, 'socket') || !(message.socket instanceof Socket)) return;
  const { socket } = message;
  if (socket.localPort === undefined) socket.once('connect', () => add(socket));
  else add(socket);
}

function add(socket: Socket): void {
  const { localAddress, localPort, remoteAddress, remotePort } = socket;
  if (localPort === undefined) return;
  const key = keyOf(localAddress, localPort, remoteAddress, remotePort);
  if (opened.get(key) === socket) return;
  opened.set(key, socket);
  socket.once('close', () => {
    setTimeout(() => {
      if (opened.get(key) === socket) opened.delete(key);
    }, REMEMBERED_MS).unref();
  });
}

function keyOf(
  from: string | undefined,
  fromPort: number | undefined,
  to: string | undefined,
  toPort: number | undefined,
): string {
  return `${unmapped(from)} ${fromPort} ${unmapped(to)} ${toPort}`;
}

/** A dual-stack listener prints an IPv4 address as a mapped one. */
function unmapped(address: string | undefined): string | undefined {
  return address?.replace(/^::ffff:/, '');
}

function hasKey<K extends string>(value: unknown, key: K): value is Record<K, unknown> {
  return typeof value === 'object' && value !== null && key in value;
}
