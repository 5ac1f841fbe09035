import { mkdtemp, rm } from 'node:fs/promises';
import type { ListenOptions, NetConnectOpts, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseOptions, ConformanceCase, Listener, Peer } from '../case.js';
import { attachWitness } from '../door/attach-witness.js';
import { openEntry } from '../door/open-entry.js';
import { createRecorder, type DoorSighting } from '../door/record-sightings.js';
import { createObserver, type Observer } from '../observe/create-observer.js';
import { createEventRecorder, type EventSighting } from '../observe/record-events.js';
import type { ConformanceTarget } from '../target.js';
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
  /** How many connections the server has accepted and not closed. */
  connectionCount(): Promise<number>;
  /** Tells how to connect as this peer. */
  whereFrom(peer: Peer): NetConnectOpts;
  close(): Promise<void>;
}

type ServerCase = Pick<
  ConformanceCase,
  'options' | 'listener' | 'earlyReader' | 'witnesses' | 'entry'
>;

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
  const events = createEventRecorder();
  const observer = createObserver();
  const recorder = createRecorder();
  const trustedProxies = fillIn(options.trustedProxies, socketPath);
  const made = targetOptions({ ...options, trustedProxies }, events);
  const targetServer = await target.createServer({
    options: made.options,
    onRefusal: options.onRefusal,
    adminPolicy: { groups: { anyOf: ['admin'] } },
    earlyReader,
    door: witnesses !== undefined,
    observe: observer.observe,
  });
  const { server, listener: listening } = openEntry(targetServer, entry);
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
    lines: events.lines,
    sightings: recorder.sightings,
    events: events.events,
    asked: made.asked,
    socketPath,
    connectionCount: () =>
      new Promise((counted) => {
        listening.getConnections((_, count) => counted(count));
      }),
    whereFrom(peer) {
      if (peer === 'unix') return { path: socketPath };
      return { port, host: peer === '::1' ? '::1' : '127.0.0.1', localAddress: peer };
    },
    async close() {
      await new Promise((closed) => {
        listening.close(closed);
        server.closeAllConnections();
      });
      await rm(folder, { recursive: true });
    },
  };
}

/** Puts the listener's path into `unix:{socket}`. */
function fillIn(trustedProxies: CaseOptions['trustedProxies'], socketPath: string) {
  if (trustedProxies === undefined || trustedProxies === '') return trustedProxies;
  const entries = typeof trustedProxies === 'string' ? [trustedProxies] : trustedProxies;
  return entries.map((entry) => entry.replace('{socket}', socketPath));
}

function placeOf(listener: Listener, socketPath: string): ListenOptions {
  switch (listener) {
    case 'ipv4':
      return { port: 0, host: '127.0.0.1' };
    case 'ipv6':
      return { port: 0, host: '::1' };
    case 'dual':
      return { port: 0, host: '::', ipv6Only: false };
    case 'unix':
      return { path: socketPath };
  }
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
