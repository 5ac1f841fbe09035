import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADDRESSES, createNetwork, type Network } from '../src/network/network.js';
import { type RunningProgram, startProgram } from '../src/network/start-program.js';
import { type Agent, startAgent } from '../src/wire/start-agent.js';
import { APPS, type App } from '../src/world/apps.js';

/** As in apps/deploy/compose-dns: `dns:proxy`, and Docker’s server of names at 127.0.0.11. */
const SERVER = '127.0.0.11';
const FIRST = ADDRESSES.proxy.back.ipv4;
/** Where the proxy is after it was made anew; a stranger before. */
const SECOND = ADDRESSES.attacker.back.ipv4;
const WINDOW_MS = 65_000;
/** What the log says: so long is an address believed that the name has no more. */
const PRINTED = /an address that dns:proxy no longer names is believed for at most (\d+) s/;

const folder = mkdtempSync(join(tmpdir(), 'trusted-header-dns-'));
const zone = join(folder, 'zone.json');
const name = (address?: string): void =>
  writeFileSync(zone, JSON.stringify(address === undefined ? {} : { proxy: address }));

let network: Network;
let first: Agent;
let second: Agent;
const programs: RunningProgram[] = [];

beforeAll(async () => {
  network = createNetwork();
  [first, second] = await Promise.all([
    startAgent(network.on('proxy')),
    startAgent(network.on('attacker')),
  ]);
  name(FIRST);
  const server = fileURLToPath(new URL('container-dns.mjs', import.meta.url));
  programs.push(
    await startProgram(
      [...network.on('app'), process.execPath, server, SERVER, zone],
      {},
      /answers/,
    ),
  );
});
afterAll(async () => {
  for (const program of programs) await program.stop();
  first?.stop();
  second?.stop();
  network?.remove();
  rmSync(folder, { recursive: true });
});

const apps = APPS.filter(({ name: app }) => app !== 'echo');

/** What came of it, by app. */
interface Seen {
  /** What the second address was answered while it was a stranger’s, and the first after it was. */
  readonly strangers: readonly [before: number, after: number];
  /** Milliseconds until the new address was believed, and until nobody was. */
  readonly takes: number;
  readonly goes: number;
  readonly output: string;
}

/** All of them at once: each waits for its own look-up. */
async function recreateProxy(): Promise<readonly Seen[]> {
  const running = await Promise.all(apps.map(startApp));
  await Promise.all(apps.map((app) => until(async () => (await ask(first, app)) === 200)));
  const before = await Promise.all(apps.map((app) => ask(second, app)));

  // docker compose up --force-recreate proxy
  name(SECOND);
  const takes = await Promise.all(
    apps.map((app) => until(async () => (await ask(second, app)) === 200)),
  );
  const after = await Promise.all(apps.map((app) => ask(first, app)));

  // docker compose stop proxy
  name();
  const goes = await Promise.all(
    apps.map((app) => until(async () => (await ask(second, app)) === 403)),
  );
  return running.map(({ output }, i) => ({
    strangers: [before[i] ?? 0, after[i] ?? 0],
    takes: takes[i] ?? 0,
    goes: goes[i] ?? 0,
    output: output(),
  }));
}

describe('with dns:proxy, while the proxy is made anew', () => {
  let seen: readonly Seen[];
  beforeAll(async () => {
    seen = await recreateProxy();
  }, 60_000);

  it.each(apps.map(({ name: app }, i) => ({ app, i })))(
    'the $app app follows it, and has printed how long it believes the old address',
    ({ app, i }) => {
      const { strangers, takes, goes, output } = seen[i] ?? fail();
      process.stdout.write(
        `${app}: the new address was believed after ${takes} ms, and the old one no more; without a proxy nobody after ${goes} ms\n`,
      );
      expect(strangers).toEqual([403, 403]);
      expect(PRINTED.exec(output)?.[1]).toBe('65');
      expect(Math.max(takes, goes)).toBeLessThan(WINDOW_MS);
      expect(output).toContain(`dns:proxy names ${SECOND} (came: ${SECOND}; went: ${FIRST})`);
      expect(output).toContain('dns:proxy names nobody');
    },
  );
});

async function ask(agent: Agent, { port }: App): Promise<number> {
  const lines = [
    ['Host', 'app'],
    ['Remote-User', 'john'],
  ] as const;
  const result = await agent.send({
    kind: 'requests',
    to: { address: ADDRESSES.app.back.ipv4, port },
    version: '1.1',
    requests: [{ path: '/whoami', headers: lines }],
  });
  return result.kind === 'replies' ? (result.replies[0]?.status ?? 0) : 0;
}

async function until(test: () => Promise<boolean>): Promise<number> {
  const since = Date.now();
  while (!(await test())) {
    if (Date.now() - since > WINDOW_MS) throw new Error('it did not come to that');
    await wait(100);
  }
  return Date.now() - since;
}

function fail(): never {
  throw new Error('nothing was seen of it');
}

/** With a resolv.conf of its own, as a container has. `ip netns exec` gives each program mounts of its own. */
async function startApp({ program, port }: App): Promise<RunningProgram> {
  const resolv = join(folder, 'resolv.conf');
  writeFileSync(resolv, `nameserver ${SERVER}\noptions ndots:0\n`);
  const mounted = 'mount --bind "$0" /etc/resolv.conf && exec "$@"';
  const running = await startProgram(
    [...network.on('app'), 'sh', '-c', mounted, resolv, process.execPath, fileURLToPath(program)],
    { HOST: '0.0.0.0', PORT: String(port), TRUSTED_PROXIES: 'dns:proxy' },
    /listens on/,
  );
  programs.push(running);
  return running;
}
