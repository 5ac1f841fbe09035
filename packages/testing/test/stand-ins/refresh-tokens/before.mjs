// Fastify, short JWTs for the pages, and a refresh cookie for the browser.
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import cookie from '@fastify/cookie';
import Fastify from 'fastify';
import { jwtVerify, SignJWT } from 'jose';

const proxies = (process.env.TRUSTED_PROXIES ?? '').split(',');

const key = randomBytes(32);
const users = new Map();
for (const name of ['alice', 'bob', 'carol']) {
  const salt = randomBytes(16);
  users.set(name, { name, salt, hash: scryptSync(`password of ${name}`, salt, 32) });
}

const app = Fastify();
await app.register(cookie);

function sign(kind, time, claims) {
  return new SignJWT({ ...claims, kind })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime(time)
    .sign(key);
}

/** Reads the claims of a token; undefined where it is not one of ours. */
async function verify(kind, token) {
  const { payload } = await jwtVerify(token ?? '', key, { algorithms: ['HS256'] }).catch(
    () => ({}),
  );
  if (payload?.kind !== kind || !users.has(payload.name)) return undefined;
  return payload;
}

/** Gives a page its token, and the browser a cookie for the next one. */
async function answerTokens(reply, { name }) {
  const claims = { name };
  const options = { path: '/tokens', httpOnly: true, sameSite: 'strict' };
  reply.setCookie('refresh', await sign('refresh', '30d', claims), options);
  return { token: await sign('access', '15m', claims) };
}

app.get('/version', () => ({ version: '1.0.0' }));

app.post('/tokens/by-password', async (request, reply) => {
  const { name, password = '' } = request.body;
  const user = users.get(name);
  const isRight = user && timingSafeEqual(scryptSync(password, user.salt, 32), user.hash);
  if (!isRight) return reply.code(401).send();
  return answerTokens(reply, { name });
});

// Signs in whom the proxy names.
app.post('/tokens/by-proxy', async (request, reply) => {
  const name = request.headers['remote-user'];
  const isProxy = proxies.includes(request.socket.remoteAddress);
  if (!isProxy || !users.has(name)) return reply.code(401).send();
  return answerTokens(reply, { name });
});

app.post('/tokens/refresh', async (request, reply) => {
  const claims = await verify('refresh', request.cookies.refresh);
  if (!claims) return reply.code(401).send();
  return answerTokens(reply, claims);
});

app.post('/tokens/forget', async (_request, reply) => {
  reply.clearCookie('refresh', { path: '/tokens' });
  return reply.code(204).send();
});

// Everything below is for users.
app.register(async (scope) => {
  scope.decorateRequest('claims', null);
  scope.addHook('onRequest', async (request, reply) => {
    const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    request.claims = await verify('access', token);
    if (!request.claims) return reply.code(401).send();
  });
  scope.get('/me', (request) => ({ name: request.claims.name }));
});

await app.listen({ port: Number(process.env.PORT ?? 0), host: '127.0.0.1' });
console.log(`listens on ${app.server.address().port}`);
