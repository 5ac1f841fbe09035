import { setTimeout as wait } from 'node:timers/promises';
import type { ConformanceCase, Expectation } from '../case.js';
import { openChannel } from '../observe/open-channel.js';
import type { ConformanceTarget } from '../target.js';
import { checkChannel } from './check-channel.js';
import { checkDoor } from './check-door.js';
import { checkEvents } from './check-events.js';
import { checkLog } from './check-log.js';
import { expectEqual, mismatch } from './mismatch.js';
import { openConversation } from './run-conversation.js';
import { type RunningServer, startServer } from './start-server.js';

/** Runs cases against one target, one at a time, on servers that similar cases share. */
export interface Rig {
  /** Rejects with what was expected and what came. */
  run(conformanceCase: ConformanceCase): Promise<void>;
  close(): Promise<void>;
}

/** The longest wait of a handler where cases want handlers to overlap. */
const OVERLAP_MS = 300;

/** As many handlers must have run at the same time, or the case has shown nothing. */
const LEAST_AT_ONCE = 10;

/** How long a server may take to accept connections. */
const PATIENCE_MS = 2_000;

/** How long a server may take to notice requests of clients that do not wait for an answer. */
const SETTLE_MS = 100;

/** Makes a rig. Servers live until it is closed. */
export function createRig(target: ConformanceTarget): Rig {
  const shared = new Map<string, Promise<RunningServer>>();

  return {
    async run(conformanceCase) {
      if (!needsOwnServer(conformanceCase))
        return runOn(await share(conformanceCase), conformanceCase);
      const server = await startServer(target, conformanceCase);
      try {
        await runOn(server, conformanceCase);
      } finally {
        await server.close();
      }
    },
    async close() {
      const servers = await Promise.allSettled(shared.values());
      shared.clear();
      for (const server of servers) {
        if (server.status === 'fulfilled') await server.value.close();
      }
    },
  };

  function share(conformanceCase: ConformanceCase): Promise<RunningServer> {
    const { options, listener, earlyReader, witnesses, entry } = conformanceCase;
    const key = JSON.stringify({ options, listener, earlyReader, witnesses, entry });
    const server = shared.get(key) ?? startServer(target, conformanceCase);
    shared.set(key, server);
    return server;
  }
}

/**
 * Logs are rate-limited, late requests of clients that are gone must not be counted for another case, and the environment is the whole
 * process's.
 */
function needsOwnServer(conformanceCase: ConformanceCase): boolean {
  const { log, options } = conformanceCase;
  return log !== undefined || options?.probe === true || hangsUp(conformanceCase);
}

function hangsUp({ conversations }: ConformanceCase): boolean {
  return expectations(conversations).some(({ kind }) => kind === 'hung-up');
}

async function runOn(server: RunningServer, conformanceCase: ConformanceCase): Promise<void> {
  if (!conformanceCase.channel) return runUnheard(server, conformanceCase);
  const heard = openChannel();
  try {
    await runUnheard(server, conformanceCase);
  } finally {
    heard.close();
  }
  checkChannel(conformanceCase, heard.events);
}

async function runUnheard(server: RunningServer, conformanceCase: ConformanceCase): Promise<void> {
  const { conversations, atOnce = false } = conformanceCase;
  const { observer, lines, sightings, events, asked } = server;
  const runsBefore = observer.observations.length;
  const linesBefore = lines.length;
  const sightingsBefore = sightings.length;
  const eventsBefore = events.length;
  const askedBefore = asked.length;
  observer.reset(atOnce ? OVERLAP_MS : 0, atOnce ? LEAST_AT_ONCE : 0);

  if (atOnce) await converseAtOnce(server, conversations);
  else {
    for (const conversation of conversations) {
      const converse = await openConversation(conversation, server);
      await converse();
    }
  }
  if (hangsUp(conformanceCase)) await wait(SETTLE_MS);
  checkRuns(conformanceCase, observer.observations.length - runsBefore);
  const wanted = conformanceCase.asked;
  if (wanted) expectEqual('what the proof was asked about', asked.slice(askedBefore), wanted);
  checkLog(conformanceCase, lines.slice(linesBefore));
  const told = events.slice(eventsBefore);
  checkDoor(conformanceCase, sightings.slice(sightingsBefore), told.length);
  checkEvents(conformanceCase, told);
}

/** Starts when the server has accepted every connection: Node accepts one a turn, which keeps requests apart. */
async function converseAtOnce(
  server: RunningServer,
  conversations: ConformanceCase['conversations'],
): Promise<void> {
  const opened = await Promise.all(conversations.map((each) => openConversation(each, server)));
  const deadline = Date.now() + PATIENCE_MS;
  while ((await server.connectionCount()) < opened.length && Date.now() < deadline) await wait(5);
  await Promise.all(opened.map((converse) => converse()));
  const most = server.observer.mostAtOnce();
  if (most < LEAST_AT_ONCE) {
    throw mismatch('handlers at the same time', `at least ${LEAST_AT_ONCE}`, most);
  }
}

/** Checks that handlers ran for the requests that were to reach one, and for no others. */
function checkRuns({ conversations }: ConformanceCase, runs: number): void {
  const expected = expectations(conversations);
  const least = expected.filter(({ kind }) => kind === 'handled' || kind === 'upgraded').length;
  const most = expected.filter((it) => it.kind === 'hung-up' && it.mayRun).length + least;
  if (runs >= least && runs <= most) return;
  throw mismatch('how often a handler ran', least === most ? least : `${least} to ${most}`, runs);
}

function expectations(conversations: ConformanceCase['conversations']): readonly Expectation[] {
  return conversations.flatMap(({ exchanges }) => exchanges.map(({ expect }) => expect));
}
