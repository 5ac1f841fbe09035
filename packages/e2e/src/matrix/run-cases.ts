import { spawnSync } from 'node:child_process';
import type { Attack, Flow, Site } from '../cases/case.js';
import { ATTACKS, FLOWS } from '../cases/index.js';
import { ADDRESSES } from '../network/network.js';
import type { App } from '../world/apps.js';
import type { World } from '../world/start-world.js';
import { judgeAttack, judgeFlow, type Outcome } from './judge.js';

const AT_ONCE = 8;

/** What came of every case at one application behind one proxy, by the id of the case. */
export type Outcomes = ReadonlyMap<string, Outcome>;

/** Runs every case that is for this application, several at once. A case that throws is not good. */
export async function runCases(world: World, app: App): Promise<Outcomes> {
  const site = siteOf(world, app);
  const queue = [
    ...FLOWS.map((flow) => ({ one: flow, judge: (seen: string) => judgeFlow(flow, seen) })),
    ...Object.values(ATTACKS)
      .flat()
      .map((attack) => ({ one: attack, judge: (seen: string) => judgeAttack(attack, seen) })),
  ].filter(({ one }) => one.apps?.includes(app.name) ?? true);
  const outcomes = new Map<string, Outcome>();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        outcomes.set(next.one.id, next.judge(await look(next.one, site)));
      }
    }),
  );
  return outcomes;
}

/** Where the cases of an application happen. */
export function siteOf({ network, agents, cookies }: World, app: App): Site {
  return {
    app,
    agents,
    cookies,
    proxyPorts: () => {
      const [program, ...args] = [...network.on('proxy'), 'ss', '-Htan'];
      const { stdout } = spawnSync(program, args, { encoding: 'utf8' });
      return stdout.split('\n').flatMap((line) => portIn(line, app));
    },
  };
}

/** The local port in a line of `ss`: `ESTAB 0 0 10.77.2.2:40000 10.77.2.3:3001`. */
function portIn(line: string, { port, reachedBy }: App): readonly number[] {
  const [, , , local = '', peer] = line.split(/\s+/);
  const { ipv4, ipv6 } = ADDRESSES.app.back;
  const isOurs = peer === (reachedBy === 'ipv4' ? `${ipv4}:${port}` : `[${ipv6}]:${port}`);
  return isOurs ? [Number(local.replace(/.*:/, ''))] : [];
}

async function look(one: Flow | Attack, site: Site): Promise<string> {
  try {
    return await one.run(site);
  } catch (error) {
    return `failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}
