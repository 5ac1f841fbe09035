import { expect, it } from '@jest/globals';
import { trustedHeader } from '@trusted-header/hono';
import { asUser } from '@trusted-header/testing';
import { Hono } from 'hono';

// Your own application, which you would import.
const app = new Hono();
app.use(trustedHeader({ trustedProxies: '127.0.0.1' }));
app.get('/', (c) => c.text(`Hello ${c.var.identity?.user}`));

it('greets alice', async () => {
  const answer = await app.request('/', asUser({ user: 'alice', groups: ['ops'] }));
  expect(await answer.text()).toBe('Hello alice');
});
