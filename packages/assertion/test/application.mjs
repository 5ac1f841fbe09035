// An application behind its proxy, in a process of its own, with the keys that it is given.
import { createServer } from 'node:http';
import { createVerifier, genericAssertion, withAssertion } from '@trusted-header/assertion';
import { createAuthenticator } from '@trusted-header/core';
import { trustedHeader } from '@trusted-header/koa';
import Koa from 'koa';

const keys = createServer((_, response) => response.end(process.argv[2]));
keys.listen(0, '127.0.0.1', () => {
  const provider = genericAssertion({
    header: 'X-Jwt',
    issuer: 'sso',
    audience: 'app',
    algorithms: ['ES256'],
    jwks: `http://127.0.0.1:${keys.address().port}/`,
    user: 'sub',
    groups: 'groups',
  });
  const options = { log: false, allowPlainHttpKeysFromLoopback: true };
  const inner = createAuthenticator({ trustedProxies: '127.0.0.1', log: false });
  const app = new Koa();
  app.use(
    trustedHeader({ authenticator: withAssertion(inner, createVerifier(provider, options)) }),
  );
  app.use((ctx) => {
    ctx.body = { identity: ctx.state.identity, headers: ctx.req.headers, raw: ctx.req.rawHeaders };
  });
  const server = app.listen(0, '0.0.0.0', () => process.send?.(server.address().port));
});
process.on('disconnect', () => process.exit());
