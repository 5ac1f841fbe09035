import { afterEach, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance, type FastifyPluginCallback } from 'fastify';
import fp from 'fastify-plugin';
import { signIn, trustedHeader } from '../src/index.js';

const apps: FastifyInstance[] = [];
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

const trustedProxies = '127.0.0.1';
const nothing: FastifyPluginCallback = (_app, _options, done) => done();

/** A plugin that says what it needs of an application, and does not start without. */
const needy = fp(nothing, {
  name: 'needy',
  dependencies: ['@trusted-header/fastify', '@trusted-header/fastify sign-in'],
  decorators: { request: ['identity', 'decision', 'user'] },
});

it('lets other plugins ask for both plugins, and for what they put on requests', async () => {
  const app = Fastify();
  apps.push(app);
  await app.register(trustedHeader, { trustedProxies, log: false });
  await app.register(signIn, { find: ({ user }) => ({ name: user }) });
  await expect(app.register(needy)).resolves.toBeDefined();
});
