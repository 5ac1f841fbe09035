// The application that runs on Bun, Deno and workerd: built packages, and the peer that the runtime tells.
import { createAuthenticator, factsFromFetch } from '@trusted-header/core';
import { trustedHeader } from '@trusted-header/hono';
import { Hono } from 'hono';

/** @param peerOf Gives the TCP source address of a request's connection; undefined where the runtime has none. */
export function createApp(peerOf) {
  const app = new Hono();
  const facts = (c) => factsFromFetch(c.req.raw.headers, peerOf(c));

  // Core alone: judges facts that another runtime has judged too.
  app.post('/judge', async (c) => {
    const { options, requests } = await c.req.json();
    const { authenticate } = createAuthenticator({ ...options, log: false });
    return c.json(requests.map((one) => authenticate(one)));
  });
  app.get(
    '/public',
    trustedHeader({ trustedProxies: '127.0.0.1', anonymous: 'allow', facts, log: false }),
    (c) => c.json({ decision: c.var.decision.kind }),
  );
  app.use(trustedHeader({ trustedProxies: '127.0.0.1', facts, log: false }));
  app.get('/whoami', (c) =>
    c.json({
      decision: c.var.decision.kind,
      identity: c.var.identity,
      seen: [...c.req.raw.headers.keys()].filter((name) => /remote/.test(name)),
      read: c.req.header('remote-user') ?? null,
    }),
  );
  return app;
}
