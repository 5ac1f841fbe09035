import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { startNext } from '../next/start-next.js';
import type { FrameworkRow } from '../results.js';
import type { Settings } from '../settings.js';
import { type LoginMiddle, SIGNED_IN } from './signed-in.js';
import type { Subject } from './subject.js';
import { FRAMEWORKS, VARIANTS } from './variants.js';

const SIGNED_IN_VARIANTS: readonly (readonly [FrameworkRow['variant'], LoginMiddle])[] = [
  ['session library', 'session'],
  ['trusted-header, session, signIn', 'signed in'],
];

/**
 * Measures the processor time of a server's process for a request: every framework and variant in turn, the smallest counts.
 *
 * Garbage is collected when the engine sees fit: a collection on demand throws away what it knows of the types in use, and
 * triples the time of the requests that follow.
 */
export async function runFrameworks(settings: Settings): Promise<readonly FrameworkRow[]> {
  const file = fileURLToPath(new URL('../../dist/frameworks/client.js', import.meta.url));
  const client = fork(file, { execArgv: [] });
  await once(client, 'message');
  const { loadRequests, next } = settings;
  // Next.js takes some thirty times as long for one.
  const subjects = [
    ...(await startFrameworks(loadRequests)),
    ...(next ? await startNext(loadRequests / 4) : []),
  ];
  const best = subjects.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < settings.loadRounds; round++) {
    for (const [i, { port, requests: wanted, cpu }] of subjects.entries()) {
      const before = await cpu();
      client.send({ port, requests: wanted });
      const [{ requests }] = await once(client, 'message');
      best[i] = Math.min(best[i] ?? 0, ((await cpu()) - before) / requests);
    }
  }
  client.disconnect();
  for (const { close } of subjects) close();
  return subjects.map(({ framework, variant }, i) => ({ framework, variant, us: best[i] ?? 0 }));
}

/** Starts all that this process can hold beside each other. */
async function startFrameworks(requests: number): Promise<readonly Subject[]> {
  const subjects: Subject[] = [];
  for (const [framework, make] of Object.entries(FRAMEWORKS)) {
    for (const [variant, middle] of VARIANTS) {
      subjects.push(await start(await make(middle), { framework, variant, requests }));
    }
    const makeSignedIn = SIGNED_IN[framework];
    if (!makeSignedIn) continue;
    for (const [variant, middle] of SIGNED_IN_VARIANTS) {
      subjects.push(await start(await makeSignedIn(middle), { framework, variant, requests }));
    }
  }
  return subjects;
}

async function start(
  server: Server,
  subject: Pick<Subject, 'framework' | 'variant' | 'requests'>,
): Promise<Subject> {
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    ...subject,
    port: address.port,
    async cpu() {
      const { user, system } = process.cpuUsage();
      return user + system;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
