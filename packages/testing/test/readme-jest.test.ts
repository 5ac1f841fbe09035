import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { expressSession, requireUser, signIn, trustedHeader } from '@trusted-header/express';
import { loginChecks } from '@trusted-header/testing';
import express from 'express';
import session from 'express-session';

// Your own application, which you would import.
const app = express();
app.use(trustedHeader({ trustedProxies: '127.0.0.1', log: false, open: ['/healthz'] }));
app.use(session({ secret: 'a test’s', resave: false, saveUninitialized: false }));
app.use(signIn({ find: ({ user }) => ({ name: user }), session: expressSession }));
app.get('/healthz', (_req, res) => void res.send('ok'));
app.get('/api/me', requireUser(), (req, res) => void res.json(req.user));

const server = createServer(app);

function origin(): string {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

describe('the login', () => {
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => {
    server.close();
  });

  const checks = loginChecks({
    origin,
    path: '/api/me',
    whoAmI: ({ body }) => JSON.parse(body).name,
    strangerAddress: '127.0.0.2',
    openPath: '/healthz',
  });
  it.each(checks)('$name', ({ run }) => run());
});
