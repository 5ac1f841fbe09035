import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Running, start } from './start.js';
import { AMBIGUOUS, ask, JOHN, join, NOBODY, OUTSIDER, open, STRANGER } from './visitors.js';

/** What Engine.IO has taken, or might take, for its own, and a guard that reads the target otherwise for a page's. */
const ODD_TARGETS = [
  '/socket.io/?EIO=4&transport=polling#',
  '/socket.io/?EIO=4&transport=polling#?x',
  '/socket.io/?EIO=4&%74ransport=polling',
  '/socket.io/?EIO=4&transport=polling&transport=websocket',
  '/socket.io//?EIO=4&transport=polling',
  '//socket.io/?EIO=4&transport=polling',
  '/socket.io/../public?EIO=4&transport=polling',
  'http://x/socket.io/?EIO=4&transport=polling',
];

const FRAMEWORKS = ['express', 'koa', 'hono', 'fastify', 'fastify, by itself'];

describe.each(FRAMEWORKS)('socket.io beside %s', (framework) => {
  let app: Running;
  beforeAll(async () => {
    app = await start('serve.mjs', framework, 'socket.io');
  });
  afterAll(() => app.stop());

  it.each(['polling', 'websocket'] as const)('is joined by %s by the user', async (transport) => {
    expect(await join(app.port, transport, JOHN)).toBe('john');
  });

  it.each(['polling', 'websocket'] as const)(
    'is joined by %s by nobody else',
    async (transport) => {
      expect(await join(app.port, transport, STRANGER)).toBe(403);
      expect(await join(app.port, transport, AMBIGUOUS)).toBe(403);
      expect(await join(app.port, transport, NOBODY)).toBe(401);
      expect(await join(app.port, transport, OUTSIDER)).toBe(401);
    },
  );

  it.each(ODD_TARGETS)('opens no session for nobody at %s', async (target) => {
    expect(await ask(app.port, target, OUTSIDER)).not.toMatch(/^200 (?!for everybody)/);
    expect(await ask(app.port, target, STRANGER)).toMatch(/^403/);
  });

  it('leaves the application as it is', async () => {
    const isOpen = framework !== 'fastify, by itself';
    expect(await ask(app.port, '/public', OUTSIDER)).toMatch(isOpen ? /^200 for every/ : /^401/);
    expect(await ask(app.port, '/', OUTSIDER)).toMatch(/^401/);
    expect(await ask(app.port, '/', JOHN)).toBe('200 john');
    expect(await ask(app.port, '/nowhere', JOHN)).toMatch(/^404/);
  });

  it('reads no claim, and a logger before the adapter neither', async () => {
    await ask(app.port, '/', STRANGER);
    await ask(app.port, '/', JOHN);
    await ask(app.port, '/public', STRANGER);
    expect(await app.leaked()).toEqual([]);
  });
});

describe.each(FRAMEWORKS)('ws beside %s', (framework) => {
  it('is opened by the user, whom it knows, and by nobody else', async () => {
    const app = await start('serve.mjs', framework, 'ws');
    expect(await open(app.port, JOHN)).toBe('john');
    expect(await open(app.port, STRANGER)).toBe(403);
    expect(await open(app.port, AMBIGUOUS)).toBe(403);
    expect(await open(app.port, NOBODY)).toBe(401);
    expect(await open(app.port, OUTSIDER)).toBe(401);
    expect(await app.leaked()).toEqual([]);
    app.stop();
  });
});
