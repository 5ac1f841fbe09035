import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { send } from '@trusted-header/app-ui/testing';
import { startDev } from '@trusted-header/dev';
import { WebSocket } from 'ws';
import { createVisitor, type Visitor } from '../src/check/visitor.js';
import { planFreePorts } from '../src/plan-ports.js';
import { startApp } from './services/start-app.js';
import { startNginx } from './services/start-nginx.js';
import { startPostgres } from './services/start-postgres.js';
import { startRedis } from './services/start-redis.js';
import type { TemporaryServer } from './services/temporary-server.js';

const FIRST_REQUESTS = 500;
const AT_ONCE = 50;
const USERS = [
  { user: 'zoe', name: 'Zoë Müller', email: 'zoe@example.com', groups: ['admin'] },
  { user: 'jiri', groups: ['dev'] },
  { user: 'new-at-koa', groups: [] },
  { user: 'new-at-hono', groups: [] },
];

let postgres: Awaited<ReturnType<typeof startPostgres>>;
let redis: Awaited<ReturnType<typeof startRedis>>;
const running: TemporaryServer[] = [];

beforeAll(async () => {
  const { portal, apps: ports } = await planFreePorts(1);
  postgres = await startPostgres(portal);
  redis = await startRedis(ports[0]?.app ?? 0);
  running.push(postgres, redis);
}, 60_000);
afterAll(async () => {
  for (const server of running.reverse()) await server.stop();
}, 60_000);

describe.each(['koa', 'hono'])('two instances of the %s app behind one nginx', (name) => {
  let portalUrl: string;
  /** nginx, in front of both instances in turn, and of each. */
  let both: string;
  let one: string;
  let two: string;

  beforeAll(async () => {
    const { portal, apps: ports } = await planFreePorts(3);
    const [first, second, third] = ports;
    if (!first || !second || !third) throw new Error('expected three');
    // nginx stands in front of the apps: its portal is all that is used of it.
    const upstreams = [{ target: `http://127.0.0.1:${third.app}`, port: 0 }];
    const dev = await startDev({ users: USERS, portalPort: portal, upstreams });
    running.push({ stop: () => dev.close() });
    portalUrl = dev.portalUrl;
    for (const { app } of [first, second]) {
      running.push(
        await startApp(name, app, {
          DATABASE_URL: postgres.url,
          REDIS_URL: redis.url,
          SESSION_SECRET: 'two-instances-of-one-app-have-the-same',
        }),
      );
    }
    running.push(
      await startNginx({
        portal,
        instances: [first.app, second.app],
        both: third.gateway,
        each: [first.gateway, second.gateway],
      }),
    );
    both = `http://localhost:${third.gateway}`;
    one = `http://localhost:${first.gateway}`;
    two = `http://localhost:${second.gateway}`;
  }, 60_000);

  async function signedIn(user: string, visitor = createVisitor()): Promise<Visitor> {
    await visitor.submit(new URL('/', portalUrl), { pick: user, rd: `${one}/whoami` });
    return visitor;
  }

  it('who is signed in at one is known at the other: the same row, the same session', async () => {
    const zoe = await signedIn('zoe');
    const atOne = await zoe.visit(`${one}/whoami`);
    expect(atOne.status).toBe(200);
    const cookies = await zoe.cookiesFor(one);
    const atTwo = await zoe.visit(`${two}/whoami`);
    expect(JSON.parse(atTwo.body)).toEqual(JSON.parse(atOne.body));
    expect(JSON.parse(atOne.body).account.roles).toEqual(['admin', 'member']);
    expect(JSON.parse(atOne.body).identity.name).toBe('Zoë Müller');
    expect(await zoe.cookiesFor(two)).toBe(cookies);
  });

  it('who is switched at one is switched at the other', async () => {
    const shared = await signedIn('zoe');
    const zoe = JSON.parse((await shared.visit(`${one}/whoami`)).body);
    await signedIn('jiri', shared);
    const jiri = JSON.parse((await shared.visit(`${two}/whoami`)).body);
    expect([zoe.identity.user, jiri.identity.user]).toEqual(['zoe', 'jiri']);
    expect(JSON.parse((await shared.visit(`${one}/whoami`)).body)).toEqual(jiri);
    expect(jiri.account.id).not.toBe(zoe.account.id);
    expect(jiri.account.roles).toEqual(['member']);
  });

  it('who signs out at one is signed out at the other, and their WebSocket there ends', async () => {
    const zoe = await signedIn('zoe');
    await zoe.visit(`${one}/live`);
    const socket = new WebSocket(`${one.replace('http', 'ws')}/live/socket`, {
      headers: { cookie: await zoe.cookiesFor(one), origin: one },
    });
    const [text] = await once(socket, 'message');
    expect(JSON.parse(String(text))).toContain('Zoë Müller');
    const closed = once(socket, 'close');
    await zoe.submit(`${two}/sign-out`, {});
    const [code] = await closed;
    expect(code).toBe(4001);
    expect((await zoe.visit(`${one}/whoami`, { lines: [] })).status).toBe(401);
    await zoe.submit(`${one}/sign-in`, {});
    expect((await zoe.visit(`${two}/whoami`)).status).toBe(200);
  });

  it(`${FIRST_REQUESTS} first requests of one new user make one row`, async () => {
    const user = `new-at-${name}`;
    const visitor = createVisitor();
    await visitor.submit(new URL('/', portalUrl), { pick: user, rd: portalUrl });
    expect(postgres.ask(`select count(*) from users where name = '${user}'`)).toBe('0');
    const cookie = await visitor.cookiesFor(both);
    const ids: string[] = [];
    let left = FIRST_REQUESTS;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (left-- > 0) {
          const { status, body } = await send(`${both}/whoami`, { lines: [['Cookie', cookie]] });
          ids.push(status === 200 ? JSON.parse(body).account.id : `${status} ${body}`);
        }
      }),
    );
    expect(ids).toHaveLength(FIRST_REQUESTS);
    expect(new Set(ids).size).toBe(1);
    expect(postgres.ask(`select count(*), min(id) from users where name = '${user}'`)).toBe(
      `1|${ids[0]}`,
    );
  });
});
