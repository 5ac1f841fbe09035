import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ADDRESSES } from '../src/network/network.js';
import { type RunningProgram, startProgram } from '../src/network/start-program.js';
import type { RunningProxy } from '../src/proxies/start-proxy.js';
import { type Authority, createAuthority, type Issued } from '../src/tls/authority.js';
import type { App } from '../src/world/apps.js';
import { startWorld, type World } from '../src/world/start-world.js';
import {
  APP_REQUEST,
  askDirectly,
  askThrough,
  type Deployment,
  filesOf,
  GATEWAY_REQUEST,
  startDeployment,
  TLS_APPS,
} from './mutual-tls-world.js';

/** Two seconds until the files are looked at, five until connections of before are ended, and as much as a slow machine takes. */
const WINDOW_MS = 7_000;
const SLACK_MS = 1_000;
const NEIGHBOUR = { names: ['DNS:neighbour.internal'], usage: 'clientAuth' } as const;

const app = firstOf(TLS_APPS);
const folder = mkdtempSync(join(tmpdir(), 'trusted-header-rotation-'));

let world: World;
let authorities: readonly [old: Authority, next: Authority];
let deployment: Deployment;
let proxy: RunningProxy;

beforeAll(async () => {
  world = await startWorld();
  authorities = [createAuthority('app-ca'), createAuthority('app-ca')];
  deployment = await startDeployment(world, authorities[0], [app]);
  proxy = await deployment.startProxy('caddy', app);
});
afterAll(async () => {
  await proxy?.stop();
  deployment?.remove();
  for (const authority of authorities ?? []) authority.remove();
  await world?.stop();
  rmSync(folder, { recursive: true });
});

it('changes every certificate and the authority while people work: the app refuses none, and no stranger believed', async () => {
  const [old, next] = authorities;
  const stolen = old.issue(GATEWAY_REQUEST);
  const thief = await keepAsking(stolen);
  const people = goOn(async () => {
    const answers = await Promise.all([1, 2, 3].map(askAsBrowser));
    return answers.flat();
  });
  const strangers = goOn(async () => {
    const shown = [undefined, old.issue(NEIGHBOUR), next.issue(NEIGHBOUR)];
    const answers = await Promise.all(shown.map((one) => askDirectly(world, app, one)));
    return answers.flat();
  });

  // What trust-manager does: both are believed before anybody has a certificate of the new one.
  const both = { 'ca.crt': old.cert + next.cert };
  deployment.gatewaySecret.change(both);
  reload();
  await appTakes(both);
  const { cert, key } = next.issue(APP_REQUEST);
  await appTakes({ 'tls.crt': cert, 'tls.key': key });
  deployment.gatewaySecret.change(filesOf(next.issue(GATEWAY_REQUEST)));
  reload();
  const before = await askDirectly(world, app, stolen);
  const changedAt = Date.now();
  await appTakes({ 'ca.crt': next.cert });
  const after = await askDirectly(world, app, stolen);
  await wait(WINDOW_MS - 1_000);

  const [byPeople, byStrangers] = [await people.end(), await strangers.end()];
  const heard = thief.output().trim().split('\n');
  await thief.stop();
  const { answers, lastAt } = summaryOf(heard);
  const believedFor = lastAt - changedAt;
  // Caddy cancels a request of its own to the app now and then when it reloads, answers 502 and says so.
  const byCaddy = proxy.output().split('request canceled').length - 1;
  const others = byPeople.filter((answer) => answer !== '200 john');
  process.stdout.write(
    `${byPeople.length} requests of people, ${hangUps} asked again and ${others.length} failed while Caddy reloaded, ${byStrangers.length} of strangers; a connection of the old authority was believed ${believedFor} ms\n`,
  );
  if (others.length !== byCaddy) process.stdout.write(`${proxy.output()}\n`);
  expect(others).toEqual(Array.from({ length: byCaddy }, () => '502 '));
  expect(byPeople.length).toBeGreaterThan(100);
  expect(hangUps + byCaddy).toBeLessThan(5);
  expect(new Set(byStrangers)).toEqual(new Set(['403 proof-missing', '403 proof-invalid']));
  // The old authority's certificates were right until it went.
  expect([before, after]).toEqual([['200 john'], ['403 proof-invalid']]);
  expect(answers).toEqual(new Set(['200', 'closed']));
  expect(believedFor).toBeLessThan(WINDOW_MS + SLACK_MS);
}, 60_000);

function firstOf(apps: readonly App[]): App {
  const [first] = apps;
  if (!first) throw new Error('no app');
  return first;
}

let hangUps = 0;

/**
 * Caddy hangs up on a few connections when it reloads, and a browser asks again. What the app does to the proxy's own connections would
 * be a 502 here.
 */
async function askAsBrowser(): Promise<readonly string[]> {
  const answers = await askThrough(world, 1);
  if (!answers.some((answer) => answer.includes('socket hang up'))) return answers;
  hangUps += 1;
  return askThrough(world, 1);
}

/** Swaps files of the app, and waits until it says so. */
async function appTakes(files: Readonly<Record<string, string>>): Promise<void> {
  const said = () => world.outputOf(app.name).split('count from now on').length;
  const earlier = said();
  deployment.appSecret.change(files);
  const deadline = Date.now() + 5_000;
  while (said() === earlier) {
    if (Date.now() > deadline) throw new Error('the app has not taken the files');
    await wait(20);
  }
}

/** Caddy reads files when it is told to; Envoy is sent them. */
function reload(): void {
  const [program, ...prefix] = world.network.on('proxy');
  const args = ['caddy', 'reload', '--force', '--adapter', 'caddyfile', '--config', proxy.file];
  execFileSync(program, [...prefix, ...args], { stdio: 'ignore' });
}

/** Does it again and again, and collects what comes. */
function goOn(ask: () => Promise<readonly string[]>): { end(): Promise<readonly string[]> } {
  const answers: string[] = [];
  let isOver = false;
  const running = (async () => {
    while (!isOver) answers.push(...(await ask()));
  })();
  return {
    async end() {
      isOver = true;
      await running;
      return answers;
    },
  };
}

/** On one connection, from the neighbour’s machine. */
function keepAsking({ cert, key }: Issued): Promise<RunningProgram> {
  const file = join(folder, 'stolen.pem');
  writeFileSync(file, cert + key);
  const program = fileURLToPath(new URL('keep-asking.mjs', import.meta.url));
  const where = [ADDRESSES.app.back.ipv4, String(app?.port), file];
  return startProgram(
    [...world.network.on('attacker'), process.execPath, program, ...where],
    {},
    /\d+ 200/,
  );
}

function summaryOf(lines: readonly string[]): { answers: Set<string>; lastAt: number } {
  const heard = lines.map((line) => line.split(' '));
  const believed = heard.filter(([, answer]) => answer === '200').map(([time]) => Number(time));
  return {
    answers: new Set(heard.map(([, answer = '']) => answer)),
    lastAt: Math.max(...believed),
  };
}
