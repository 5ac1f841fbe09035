import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import type { Server as HttpServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import type { ListenOptions, NetConnectOpts, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import type { CaseOptions, ConformanceCase, Listener, Peer } from '../case.js';
import { attachWitness } from '../door/attach-witness.js';
import { openEntry } from '../door/open-entry.js';
import { createRecorder, type DoorSighting } from '../door/record-sightings.js';
import { createObserver, type Observer } from '../observe/create-observer.js';
import { createEventRecorder, type EventSighting } from '../observe/record-events.js';
import type { ConformanceTarget } from '../target.js';
import { serverSettings } from '../tls/client-certificates.js';
import { setProbe } from './set-probe.js';
import { targetOptions } from './target-options.js';

/** A target's application, listening. */
export interface RunningServer {
  readonly observer: Observer;
  /** What the adapter has logged so far. */
  readonly lines: readonly string[];
  /** What the witnesses have seen so far. */
  readonly sightings: readonly DoorSighting[];
  /** What the observer of the authenticator has heard of so far. */
  readonly events: readonly EventSighting[];
  /** What its proof was asked about so far. */
  readonly asked: readonly string[];
  /** Where a Unix listener listens; cases call it `{socket}`. */
  readonly socketPath: string;
  /** Puts entries into the list that cases call `{list}`, and waits until the log has told of it. */
  putList(entries: readonly string[]): Promise<void>;
  /** Lets so many minutes pass, by the clock that nobody sets. */
  passTime(minutes: number): void;
  /** The server asks for client certificates. */
  readonly hasTls: boolean;
  /** How many connections the server has accepted and not closed. */
  connectionCount(): Promise<number>;
  /** Tells how to connect as this peer. */
  whereFrom(peer: Peer): NetConnectOpts;
  close(): Promise<void>;
}

type ServerCase = Pick<ConformanceCase, 'options' | 'earlyReader' | 'witnesses' | 'entry'> & {
  readonly listener?: Place;
};

/** `tls-http2`: the target's request handler under a server of HTTP/2. */
type Place = Listener | 'tls-http2';

/** How long an application may take to notice another list. */
const PATIENCE_MS = 5_000;

const ONLY_THE_PROXY = { trustedProxies: ['127.0.0.1'] };

/** Starts a target's application as a case wants it, on a free port or in a folder of its own. */
export async function startServer(
  target: ConformanceTarget,
  {
    options = ONLY_THE_PROXY,
    listener = 'ipv4',
    earlyReader = false,
    witnesses,
    entry,
  }: ServerCase,
): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), 'trusted-header-'));
  const socketPath = join(folder, 'app.sock');
  const listPath = join(folder, 'list');
  const events = createEventRecorder();
  const { lines } = events;
  const observer = createObserver();
  const recorder = createRecorder();
  const trustedProxies = fillIn(options.trustedProxies, { socket: socketPath, list: listPath });
  const made = targetOptions({ ...options, trustedProxies }, events);
  const probe = setProbe(options.probe === true);
  const targetServer = await target.createServer({
    options: made.options,
    onRefusal: options.onRefusal,
    adminPolicy: { groups: { anyOf: ['admin'] } },
    earlyReader,
    door: witnesses !== undefined,
    observe: observer.observe,
  });
  const hasTls = listener === 'tls' || listener === 'tls-http2';
  const opened = openEntry(targetServer, entry);
  const { server } = opened;
  const listening = hasTls ? withTls(server, listener) : opened.listener;
  for (const witness of witnesses ?? []) attachWitness(server, witness, recorder);
  try {
    await listen(listening, placeOf(listener, socketPath));
  } catch (error) {
    await rm(folder, { recursive: true });
    throw error;
  }
  const address = listening.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  return {
    observer,
    lines,
    sightings: recorder.sightings,
    events: events.events,
    asked: made.asked,
    socketPath,
    async putList(entries) {
      const before = lines.length;
      // As one should: whoever reads finds the old list, or the new one.
      await writeFile(`${listPath}.new`, entries.join('\n'));
      await rename(`${listPath}.new`, listPath);
      const deadline = Date.now() + PATIENCE_MS;
      const count = (part: string, from = 0) =>
        lines.slice(from).filter((line) => line.includes(part)).length;
      // An application may have several authenticators, and each has a watch of its own.
      const isTold = () =>
        count(`list names ${entries.join(', ')} (`, before) >=
        Math.max(count('list is looked up'), 1);
      while (!isTold()) {
        if (Date.now() > deadline) throw new Error(`the log did not tell of the list ${entries}`);
        await wait(5);
      }
    },
    passTime: probe.passTime,
    hasTls,
    connectionCount: () =>
      new Promise((counted) => {
        listening.getConnections((_, count) => counted(count));
      }),
    whereFrom(peer) {
      if (peer === 'unix') return { path: socketPath };
      return { port, host: peer === '::1' ? '::1' : '127.0.0.1', localAddress: peer };
    },
    async close() {
      probe.reset();
      await new Promise((closed) => {
        listening.close(closed);
        server.closeAllConnections();
      });
      await rm(folder, { recursive: true });
    },
  };
}

/** Puts the listener's path into `unix:{socket}`, and that of the list into `file:{list}`. */
function fillIn(
  trustedProxies: CaseOptions['trustedProxies'],
  paths: { readonly socket: string; readonly list: string },
) {
  if (trustedProxies === undefined || trustedProxies === '') return trustedProxies;
  const entries = typeof trustedProxies === 'string' ? [trustedProxies] : trustedProxies;
  return entries.map((entry) =>
    entry.replace('{socket}', paths.socket).replace('{list}', paths.list),
  );
}

function placeOf(listener: Place, socketPath: string): ListenOptions {
  switch (listener) {
    case 'ipv4':
    case 'tls':
    case 'tls-http2':
      return { port: 0, host: '127.0.0.1' };
    case 'ipv6':
      return { port: 0, host: '::1' };
    case 'dual':
      return { port: 0, host: '::', ipv6Only: false };
    case 'unix':
      return { path: socketPath };
  }
}

/** Hands decrypted connections over, as `node:https` does; or the requests, as one would who gives a handler to `node:http2`. */
function withTls(server: HttpServer, place: Place): Server {
  const settings = { ...serverSettings(), requestCert: true, rejectUnauthorized: false };
  if (place === 'tls') {
    return createTlsServer(settings, (socket) => server.emit('connection', socket));
  }
  const second = createSecureServer(settings);
  for (const listener of server.rawListeners('request')) {
    Reflect.apply(second.on, second, ['request', listener]);
  }
  return second;
}

function listen(server: Server, place: ListenOptions): Promise<void> {
  return new Promise((listening, failed) => {
    server.once('error', failed);
    server.listen(place, () => {
      server.off('error', failed);
      listening();
    });
  });
}
