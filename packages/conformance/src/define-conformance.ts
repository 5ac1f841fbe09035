import { networkInterfaces } from 'node:os';
import type { ConformanceCase } from './case.js';
import { conformanceGroups } from './cases/index.js';
import { createRig } from './run/create-rig.js';
import { runCaseOn } from './run/run-case.js';
import type { ConformanceTarget } from './target.js';

/** What is needed of a test framework: jest, Vitest and `node:test` (its `after` is `afterAll`) have it. */
export interface TestFramework {
  readonly describe: (name: string, define: () => void) => unknown;
  readonly it: (name: string, run: () => Promise<void>) => unknown;
  readonly afterAll: (run: () => Promise<void>) => unknown;
}

const NO_IPV6 = 'this machine has no ::1';
const NO_UPGRADES = 'the framework opens no WebSockets';
const NO_DOOR = 'the target does not stand in front of its server';

/**
 * Defines one test for every case.
 *
 * Cases in `expectedFailures`, and on a machine without IPv6 those that need it, run as expected to fail. Throws for an
 * id that no case has.
 */
export function defineConformance(
  target: ConformanceTarget,
  { describe, it, afterAll }: TestFramework,
): void {
  const { name, expectedFailures = {}, upgrades = false, door = false } = target;
  checkIds(expectedFailures);
  const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ address }) => address === '::1'),
  );

  describe(`${name} conforms`, () => {
    const rig = createRig(target);
    afterAll(() => rig.close());
    for (const { title, cases } of conformanceGroups) {
      describe(title, () => {
        for (const each of cases) {
          const reason =
            expectedFailures[each.id] ??
            (hasIpv6 ? undefined : needsIpv6(each)) ??
            (upgrades ? undefined : needsUpgrades(each)) ??
            (door || !each.witnesses ? undefined : NO_DOOR);
          it(describeCase(each, reason), () => runCaseOn(rig, each, reason));
        }
      });
    }
  });
}

function needsIpv6({ listener }: ConformanceCase): string | undefined {
  return listener === 'ipv6' || listener === 'dual' ? NO_IPV6 : undefined;
}

function needsUpgrades({ conversations }: ConformanceCase): string | undefined {
  const opens = conversations.some(({ exchanges }) =>
    exchanges.some(({ expect }) => expect.kind === 'upgraded'),
  );
  return opens ? NO_UPGRADES : undefined;
}

function describeCase({ id, why }: ConformanceCase, reason: string | undefined): string {
  return reason === undefined ? `${id}: ${why}` : `${id} fails as expected: ${reason}`;
}

function checkIds(expectedFailures: Readonly<Record<string, string>>): void {
  const ids = conformanceGroups.flatMap(({ cases }) => cases.map(({ id }) => id));
  const unknown = Object.keys(expectedFailures).filter((id) => !ids.includes(id));
  if (unknown.length > 0) throw new Error(`expectedFailures: no such case: ${unknown.join(', ')}`);
}
