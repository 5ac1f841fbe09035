import { afterEach, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { trustedHeader } from '../src/index.js';

let app: FastifyInstance | undefined;
afterEach(() => app?.close());

it('gives programs their 401 at once, where people are sent to the portal', async () => {
  const lines: string[] = [];
  app = Fastify({ logger: { level: 'error', stream: { write: (line) => lines.push(line) } } });
  const signIn = { portal: 'https://auth.example.com', origin: 'https://app.example.com' };
  await app.register(trustedHeader, { trustedProxies: '127.0.0.1', signIn });
  const { status } = await fetch(await app.listen({ host: '127.0.0.1', port: 0 }));
  expect(status).toBe(401);
  // An answer that is waited for in vain is an error, two seconds later.
  expect(lines).toEqual([]);
});
