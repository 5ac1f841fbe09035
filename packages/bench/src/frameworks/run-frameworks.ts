import { startNext } from '../next/start-next.js';
import type { FrameworkRow } from '../results.js';
import type { Settings } from '../settings.js';
import { FRAMEWORKS } from './frameworks.js';
import { type Load, startLoad } from './start-load.js';
import { startServer } from './start-server.js';
import type { Subject } from './subject.js';

const VARIANTS: readonly FrameworkRow['variant'][] = [
  'bare',
  'bare again',
  'no-op middleware',
  'by hand',
  'trusted-header',
];

const WITH_SESSIONS: readonly FrameworkRow['variant'][] = [
  ...VARIANTS,
  'session library',
  'trusted-header, session, signIn',
];

/**
 * Measures the processor time of a server's process for a request: the variants of a framework in turn, each in a process of its own;
 * the smallest counts.
 */
export async function runFrameworks(settings: Settings): Promise<readonly FrameworkRow[]> {
  const { loadRequests, next } = settings;
  const load = await startLoad();
  const rows: FrameworkRow[] = [];
  for (const framework of Object.keys(FRAMEWORKS)) {
    const variants = framework === 'NestJS' ? VARIANTS : WITH_SESSIONS;
    const subjects = await Promise.all(
      variants.map((variant) => startServer(framework, variant, loadRequests)),
    );
    rows.push(...(await measureInTurn(subjects, load, settings)));
  }
  // Next.js takes some thirty times as long for one.
  if (next) rows.push(...(await measureInTurn(await startNext(loadRequests / 4), load, settings)));
  load.close();
  return rows;
}

async function measureInTurn(
  subjects: readonly Subject[],
  load: Load,
  { loadRounds }: Settings,
): Promise<readonly FrameworkRow[]> {
  const best = subjects.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < loadRounds; round++) {
    for (const [i, { port, requests: wanted, cpu }] of subjects.entries()) {
      const before = await cpu();
      const requests = await load.send(port, wanted);
      best[i] = Math.min(best[i] ?? 0, ((await cpu()) - before) / requests);
    }
  }
  for (const { close } of subjects) close();
  return subjects.map(({ framework, variant }, i) => ({ framework, variant, us: best[i] ?? 0 }));
}
