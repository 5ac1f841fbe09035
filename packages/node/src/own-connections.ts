import { Socket } from 'node:net';
import { isTestRun, watchHandling } from './test-run.js';
import { watchConnections } from './watch-connections.js';

const RELAXED =
  'this is a test run: connections that this process opens to itself count as its own only while it handles a request';

/** Copies of this module (two versions, a bundler's, one of each test file) share what the process has seen. */
const SHARED = Symbol.for('@trusted-header/node isOwnConnection');

/**
 * Tells whether the other end of an accepted connection is this very process (T8). An application that calls itself,
 * with headers that somebody gave it, is not its own proxy, though it may share the proxy's address.
 *
 * Sees what is opened over TCP in this thread since this module was loaded, with whatever client: `http`, `https`,
 * `http2`, `fetch`, `tls`, `net`. Does not see other threads and processes (`unseenConnections`), Unix sockets, and what
 * comes back from a translated address (a container's published port, a service's address).
 *
 * In a test run (`node --test`, Jest, Vitest, mocha, Jasmine, AVA) it knows only connections that were opened while a request was
 * handled, and warns once that it is so (`TRUSTED_HEADER_TEST_RUN`): tests call servers of their own process as if they were the
 * proxy.
 *
 * @param accepted A connection that a server has accepted, or a TLS or HTTP/2 socket over it.
 */
export function isOwnConnection(accepted: Socket): boolean {
  return isOwn(accepted);
}

type IsOwn = typeof isOwnConnection;

const isOwn: IsOwn = findShared() ?? share(watchThisProcess());

/** On the class that is watched, since that is one in a process: test files have a `globalThis` of their own. */
function findShared(): IsOwn | undefined {
  return Reflect.get(Socket, SHARED);
}

function share(own: IsOwn): IsOwn {
  Object.defineProperty(Socket, SHARED, { value: own });
  return own;
}

function watchThisProcess(): IsOwn {
  if (!isTestRun(process)) return watchConnections(() => true).isOwn;
  const matcher = watchConnections(watchHandling());
  let hasWarned = false;
  return (accepted) => {
    if (!hasWarned) process.emitWarning(RELAXED, { code: 'TRUSTED_HEADER_TEST_RUN' });
    hasWarned = true;
    return matcher.isOwn(accepted);
  };
}
