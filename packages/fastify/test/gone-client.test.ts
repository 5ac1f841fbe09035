import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { defineRoles } from '@trusted-header/login';
import Fastify, { type FastifyInstance } from 'fastify';
import { requireIdentity, requireRole, requireUser, signIn, trustedHeader } from '../src/index.js';

const apps: FastifyInstance[] = [];
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

/** An application that takes its time to send, as with a session that is stored in `onSend`. */
async function appWith(reached: string[], refused: string[]): Promise<number> {
  const app = Fastify();
  apps.push(app);
  await app.register(trustedHeader, { trustedProxies: '127.0.0.1', log: false });
  await app.register(signIn, {
    find: ({ user }) => (user === 'mallory' ? null : { name: user }),
    roles: defineRoles({ admin: 'ops', viewer: '*' }),
  });
  app.addHook('onSend', async ({ url }, reply) => {
    refused.push(`${reply.statusCode} ${url}`);
    await wait(200);
  });
  const groups = { anyOf: ['ops'] };
  const reach = ({ url }: { url: string }) => reached.push(url);
  app.post('/any', reach);
  app.post('/identity', { preHandler: requireIdentity({ groups }) }, reach);
  app.post('/role', { preHandler: requireRole('admin') }, reach);
  app.post('/user', { preHandler: [requireUser(), requireRole('admin')] }, reach);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Sends a request, and hangs up before its answer. */
async function leave(port: number, path: string, user: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: app\r\nRemote-User: ${user}\r\nRemote-Groups: dev\r\nContent-Length: 0\r\n\r\n`,
  );
  await wait(100);
  socket.destroy();
  await wait(250);
}

describe('a refused client that hangs up while its refusal waits for an onSend hook', () => {
  it.each([
    ['/any', 'mallory', 'signIn: nobody knows her'],
    ['/identity', 'bob', 'requireIdentity: he has not the group'],
    ['/role', 'bob', 'requireRole: he has not the role'],
    ['/user', 'bob', 'requireRole behind another guard'],
  ])('does not get %s done as %s (%s)', async (path, user) => {
    const reached: string[] = [];
    const refused: string[] = [];
    const port = await appWith(reached, refused);
    await leave(port, path, user);
    expect(reached).toEqual([]);
    expect(refused).toEqual([`403 ${path}`]);
  });
});
