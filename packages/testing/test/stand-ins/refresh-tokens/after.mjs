// A home automation panel: Fastify, short JWTs for the pages, a refresh cookie for the browser.
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import cookie from '@fastify/cookie';
import { trustedHeader } from '@trusted-header/fastify';
import { bindIdentity, stillBound } from '@trusted-header/login';
import Fastify from 'fastify';
import { jwtVerify, SignJWT } from 'jose';

const trustedProxies = process.env.TRUSTED_PROXIES;

const key = randomBytes(32);
const users = new Map();
for (const username of ['alice', 'bob', 'carol']) {
  const salt = randomBytes(16);
  users.set(username, { username, salt, hash: scryptSync(`password of ${username}`, salt, 32) });
}

const app = Fastify();
await app.register(trustedHeader, { trustedProxies, optional: true, anonymous: 'allow' });
await app.register(cookie);

function sign(kind, time, claims) {
  return new SignJWT({ ...claims, kind })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime(time)
    .sign(key);
}

/** Reads the claims of a token; undefined where it is not one of ours. */
async function verify(kind, token, decision) {
  const { payload } = await jwtVerify(token ?? '', key, { algorithms: ['HS256'] }).catch(
    () => ({}),
  );
  if (payload?.kind !== kind || !users.has(payload.username)) return undefined;
  if (payload.proxy && !stillBound(payload.proxy, decision)) return undefined;
  return payload;
}

/** Gives a page its token, and the browser a cookie for the next one. */
async function answerTokens(reply, { username, proxy }) {
  const claims = { username, proxy };
  const options = { path: '/api/auth', httpOnly: true, sameSite: 'strict' };
  reply.setCookie('refresh', await sign('refresh', '30d', claims), options);
  return { access_token: await sign('access', '15m', claims) };
}

app.get('/api/version', () => ({ version: '1.0.0' }));

app.post('/api/auth/login', async (request, reply) => {
  const { username, password = '' } = request.body;
  const user = users.get(username);
  const isRight = user && timingSafeEqual(scryptSync(password, user.salt, 32), user.hash);
  if (!isRight) return reply.code(401).send();
  return answerTokens(reply, { username });
});

// Signs in whom the proxy names.
app.post('/api/auth/session', async (request, reply) => {
  const username = request.identity?.user;
  if (!users.has(username)) return reply.code(401).send();
  return answerTokens(reply, { username, proxy: bindIdentity(request.identity) });
});

app.post('/api/auth/refresh', async (request, reply) => {
  const claims = await verify('refresh', request.cookies.refresh, request.decision);
  if (!claims) return reply.code(401).send();
  return answerTokens(reply, claims);
});

app.post('/api/auth/logout', async (_request, reply) => {
  reply.clearCookie('refresh', { path: '/api/auth' });
  return reply.code(204).send();
});

// Everything below is for users.
app.register(async (scope) => {
  scope.decorateRequest('claims', null);
  scope.addHook('onRequest', async (request, reply) => {
    const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    request.claims = await verify('access', token, request.decision);
    if (!request.claims) return reply.code(401).send();
  });
  scope.get('/api/users/me', (request) => ({ username: request.claims.username }));
});

await app.listen({ port: Number(process.env.PORT ?? 0), host: '127.0.0.1' });
console.log(`listens on ${app.server.address().port}`);
