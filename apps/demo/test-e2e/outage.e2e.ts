import { afterEach, expect, it } from '@jest/globals';
import { createBrowser } from '@trusted-header/app-ui/testing';
import { planFreePorts } from '../src/plan-ports.js';
import { startApp } from './services/start-app.js';
import { startRedis } from './services/start-redis.js';
import type { TemporaryServer } from './services/temporary-server.js';

const ZOE = [['Remote-User', 'zoe']] as const;
const OPEN = ['/healthz', '/public', '/signed-out'];

const running: TemporaryServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0).reverse()) await server.stop();
});

it.each(['koa', 'hono', 'nestjs'])(
  'the %s app answers what needs nobody while Redis is gone, and knows everybody when it is back',
  async (name) => {
    const { portal, apps } = await planFreePorts(1);
    const port = apps[0]?.app ?? 0;
    const redis = await startRedis(portal);
    running.push(redis, await startApp(name, port, { REDIS_URL: redis.url }));
    const url = `http://127.0.0.1:${port}`;
    const zoe = createBrowser(url);
    const statuses = async (): Promise<readonly number[]> => {
      const replies = [];
      for (const path of ['/whoami', ...OPEN]) replies.push(await zoe.send(path, { lines: ZOE }));
      return replies.map(({ status }) => status);
    };
    const before = await zoe.send('/whoami', { lines: ZOE });
    expect(await statuses()).toEqual([200, 200, 200, 200]);

    await redis.stop();
    expect(await statuses()).toEqual([503, 200, 200, 200]);
    expect((await createBrowser(url).send('/whoami')).status).toBe(401);

    running.push(await startRedis(portal));
    let after = await zoe.send('/whoami', { lines: ZOE });
    for (let i = 0; after.status === 503 && i < 50; i++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      after = await zoe.send('/whoami', { lines: ZOE });
    }
    // Her session is gone with the old Redis: she has a new one, and has noticed nothing.
    expect(JSON.parse(after.body)).toEqual(JSON.parse(before.body));
  },
);
