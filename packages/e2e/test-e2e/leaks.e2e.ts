import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Attack } from '../src/cases/case.js';
import { ATTACKS, FLOWS } from '../src/cases/index.js';
import { judgeAttack, type Outcome } from '../src/matrix/judge.js';
import { siteOf } from '../src/matrix/run-cases.js';
import { BACK_NETWORK } from '../src/network/network.js';
import type { Program } from '../src/proxies/programs.js';
import { type Edits, startProxy } from '../src/proxies/start-proxy.js';
import { APPS, type App } from '../src/world/apps.js';
import { startWorld, type World } from '../src/world/start-world.js';

const echo = appOf('echo');
const FORGED = { seen: expect.stringMatching(/^FORGED 200: mallory/), isGood: false };

let world: World;

beforeAll(async () => {
  world = await startWorld();
  await world.startApp(echo);
}, 60_000);
afterAll(() => world?.stop());

/** Proves that the matrix can fail: one line less in what was generated, and an attack succeeds. */
describe('one line less', () => {
  it('nginx: without the line that sets the user, a client’s own arrives', async () => {
    const edits = { nginx: without(/^ *proxy_set_header Remote-User \$th_remote_user;\n/m) };
    expect(await attack('forged-signed-in', 'nginx', edits)).toEqual(FORGED);
  });

  it('nginx: without the check of the host, another one is judged', async () => {
    const edits = { nginx: without(/^ *if \(\$http_host[^}]*\}\n/m) };
    expect(await attack('absolute-target', 'nginx', edits)).toEqual({ seen: '302', isGood: false });
  });

  it('Caddy: without the line that deletes the user, an open path lets it through', async () => {
    const edits = { caddy: without(/^\s*request_header -Remote-User\n/m) };
    expect(await attack('forged-open-prefix', 'caddy', edits)).toEqual(FORGED);
  });

  it('HAProxy: without the line that deletes the user, an open path lets it through', async () => {
    const edits = { haproxy: without(/^ *http-request del-header \^remote\S*user\S*.*\n/m) };
    expect(await attack('forged-open-prefix', 'haproxy', edits)).toEqual(FORGED);
  });

  it('Apache: it takes a line of each hop', async () => {
    const outer = { apache: without(/^ *RequestHeader unset Remote-User early\n/m) };
    const inner = { nginx: without(/^ *proxy_set_header Remote-User \$th_remote_user;\n/m) };
    const behindOuter = await attack('forged-signed-in', 'apache', outer);
    const behindInner = await attack('forged-signed-in', 'apache', inner);
    expect([behindOuter.seen, behindInner.seen]).toEqual(['own', '403 user-missing']);
    expect(await attack('forged-signed-in', 'apache', { ...outer, ...inner })).toEqual(FORGED);
  });
});

/** And that what must work does not work by itself. */
describe('one line less, for ordinary people', () => {
  it('nginx: without room for the answer, somebody in 300 groups gets an error', async () => {
    const edits = { nginx: without(/^ *proxy_(busy_)?buffer(s|_size|s_size) .*;\n/gm) };
    expect(await flow('groups-long', 'nginx', edits)).toBe('500');
  });

  it.each([
    ['nginx', /^ *proxy_set_header Cookie \$th_cookie;\n/gm],
    ['caddy', /^\s*request_header Cookie .*\n/gm],
    ['haproxy', /^ *http-request (replace-header|del-header) Cookie .*\n/gm],
  ] as const)(
    '%s: without the lines about it, the application gets the session',
    async (program, lines) => {
      const seen = await flow('session-hidden', program, { [program]: without(lines) });
      expect(seen).toBe(`a=1; ${world.cookies.john}; b=2`);
    },
  );
});

/** Proves that the attacker reaches the application, and that nothing but its address keeps it out. */
describe('one network too many', () => {
  it('an application that trusts the whole network believes anybody on it', async () => {
    const careless: App = { ...echo, port: 3006 };
    await world.startApp(careless, BACK_NETWORK);
    const one = attackOf('direct-claim');
    expect(judgeAttack(one, await one.run(siteOf(world, careless)))).toEqual(FORGED);
  });
});

async function attack(id: string, program: Program, edits: Edits): Promise<Outcome> {
  const one = attackOf(id);
  const running = await startProxy(world, program, echo, edits);
  try {
    return judgeAttack(one, await one.run(siteOf(world, echo)));
  } finally {
    await running.stop();
  }
}

async function flow(id: string, program: Program, edits: Edits): Promise<string> {
  const one = FLOWS.find((candidate) => candidate.id === id);
  if (!one) throw new Error(`there is no flow ${id}`);
  const running = await startProxy(world, program, echo, edits);
  try {
    return await one.run(siteOf(world, echo));
  } finally {
    await running.stop();
  }
}

function appOf(name: string): App {
  const app = APPS.find((candidate) => candidate.name === name);
  if (!app) throw new Error(`there is no ${name} app`);
  return app;
}

function attackOf(id: string): Attack {
  const one = Object.values(ATTACKS)
    .flat()
    .find((candidate) => candidate.id === id);
  if (!one) throw new Error(`there is no attack ${id}`);
  return one;
}

function without(line: RegExp): (text: string) => string {
  return (text) => {
    if (text.search(line) === -1) throw new Error(`there is no line ${line}`);
    return text.replace(line, '');
  };
}
