import { expect, it } from '@jest/globals';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { followDecision, trustedHeader } from '../src/index.js';
import { named } from './test-auth.js';

const auth = betterAuth({
  baseURL: 'http://127.0.0.1',
  secret: 'a secret of thirty-two characters',
  database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
  user: { additionalFields: { desk: { type: 'number', required: false, input: false } } },
  plugins: [trustedHeader({ mapUser: () => ({ desk: 7 }) })],
});

it('gives the application’s own fields, typed, and not the field of the session that is not for clients', async () => {
  const followed = await followDecision(auth, {
    decision: named('alice'),
    headers: new Headers(),
  });
  if (followed.kind !== 'user') throw new Error('alice is not signed in');
  const desk: number | null | undefined = followed.user.desk;
  expect(desk).toBe(7);
  // @ts-expect-error: better-auth has no such field.
  expect(followed.user.chair).toBeUndefined();
  expect(followed.session).not.toHaveProperty('trustedHeader');
});
