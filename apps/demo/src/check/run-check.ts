import { canBeStranger, STRANGER } from '../can-be-stranger.js';
import type { Demo, RunningApp } from '../start-demo.js';
import { type CheckSite, type CheckStep, checkSteps } from './check-steps.js';
import { describeReply } from './describe-reply.js';
import { signIn, signOut, switchTo } from './sign-in.js';
import { createVisitor } from './visitor.js';

/** What came of one step at one app. */
export interface CheckResult {
  readonly app: string;
  readonly step: string;
  readonly expected: string;
  readonly seen: string;
  readonly verdict: 'ok' | 'FAILED' | 'skipped';
}

/** Takes every step at every app, one after the other. A step that cannot be taken has failed. */
export async function runCheck({ apps, portalUrl }: Demo): Promise<readonly CheckResult[]> {
  const hasStranger = await canBeStranger();
  const results: CheckResult[] = [];
  for (const app of apps) {
    const site = await createSite(app, portalUrl);
    for (const step of checkSteps) {
      const { title, expected } = step;
      const result = { app: app.name, step: title, expected };
      if (step.needsStranger && !hasStranger) {
        results.push({ ...result, seen: `this machine has no ${STRANGER}`, verdict: 'skipped' });
        continue;
      }
      const seen = await take(step, site, portalUrl);
      results.push({ ...result, seen, verdict: seen === expected ? 'ok' : 'FAILED' });
    }
  }
  return results;
}

async function createSite({ url, directUrl }: RunningApp, portalUrl: string): Promise<CheckSite> {
  const [zoe, jiri, guest] = await Promise.all([
    signIn(createVisitor(), url, 'zoe'),
    signIn(createVisitor(), url, 'jiri'),
    signIn(createVisitor(), url, 'guest'),
  ]);
  return {
    url,
    directUrl,
    visitors: { zoe, jiri, guest, nobody: createVisitor() },
    signIn: (user) => signIn(createVisitor(), url, user),
    switchTo: (visitor, user) => switchTo(visitor, { portalUrl, url, user }),
    signOut: (visitor) => signOut(visitor, url),
  };
}

async function take(step: CheckStep, site: CheckSite, portalUrl: string): Promise<string> {
  try {
    return describeReply(await step.run(site), portalUrl);
  } catch (error) {
    return String(error);
  }
}
