// What applications write, one file for each framework: the lines that its README starts with, and what is registered once and
// types users and roles everywhere (`login`): a role that is not, or a column, is an error.

const options = `const options = { trustedProxies: '172.20.0.2', profile: authentik } as const;`;

export const EXAMPLES = {
  core: `
import { ConfigError, createAuthenticator, type Decision } from '@trusted-header/core';
import { authentik } from '@trusted-header/core/profiles';
import { factsFromRequest } from '@trusted-header/node';
import { loginChecks } from '@trusted-header/testing';
import { createServer } from 'node:http';

${options}
const authenticator = createAuthenticator(options);
export const decide = (): void => void createServer((req, res) => {
  const decision: Decision = authenticator.authenticate(factsFromRequest(req));
  res.end(decision.kind === 'authenticated' ? decision.identity.user : decision.kind);
});
export const codeOf = (error: unknown) => error instanceof ConfigError ? error.code : undefined;
export const checks = loginChecks({
  origin: 'http://127.0.0.1:3000',
  path: '/me',
  whoAmI: ({ body }) => JSON.parse(body).user,
});
`,
  express: `
import { authentik } from '@trusted-header/core/profiles';
import { requireIdentity, trustedHeader } from '@trusted-header/express';
import express from 'express';

${options}
export const app = express()
  .use(trustedHeader(options))
  .get('/', requireIdentity({ groups: { anyOf: ['ops'] } }), (req, res) => void res.send(req.identity?.user));
// @ts-expect-error: no such property
app.get('/', (req) => req.identity?.nothing);
`,
  fastify: `
import { authentik } from '@trusted-header/core/profiles';
import { requireIdentity, trustedHeader } from '@trusted-header/fastify';
import Fastify from 'fastify';

${options}
export async function start() {
  const app = Fastify();
  await app.register(trustedHeader, options);
  app.get('/', { preHandler: requireIdentity() }, (request) => request.identity?.user);
  // @ts-expect-error: no such property
  app.get('/nothing', (request) => request.identity?.nothing);
}
`,
  hono: `
import { authentik } from '@trusted-header/core/profiles';
import { requireIdentity, trustedHeader } from '@trusted-header/hono';
import { Hono } from 'hono';

${options}
export const app = new Hono()
  .use(trustedHeader(options))
  .get('/', (c) => c.text(c.var.identity?.user ?? ''))
  .get('/mine', requireIdentity(), (c) => c.text(c.var.identity.user));
// @ts-expect-error: no such property
app.get('/nothing', (c) => c.text(c.var.identity?.nothing));
`,
  koa: `
import { authentik } from '@trusted-header/core/profiles';
import { requireIdentity, trustedHeader } from '@trusted-header/koa';
import Koa from 'koa';

${options}
export const app = new Koa()
  .use(trustedHeader(options))
  .use(requireIdentity())
  .use((ctx) => void (ctx.body = ctx.state.identity?.user));
`,
  nestjs: `
import { Controller, Get, Module } from '@nestjs/common';
import { authentik } from '@trusted-header/core/profiles';
import type { Identity } from '@trusted-header/core';
import { AllowAnonymous, CurrentIdentity, RequireGroups, TrustedHeaderModule } from '@trusted-header/nestjs';

${options}
@Controller()
class Home {
  @Get()
  @AllowAnonymous()
  home(@CurrentIdentity() identity: Identity | undefined) { return identity?.user; }
  @Get('admin')
  @RequireGroups('ops')
  admin() { return 'welcome'; }
}
@Module({ imports: [TrustedHeaderModule.forRoot(options)], controllers: [Home] })
export class AppModule {}
`,
  nextjs: `
import { authentik } from '@trusted-header/core/profiles';
import { getIdentity, registerTrustedHeader, requireIdentity, trustedHeaderProxy } from '@trusted-header/nextjs';

${options}
export function register() { registerTrustedHeader(options); }
export const proxy = trustedHeaderProxy();
export const user = async () => (await getIdentity())?.user;
export const admin = async () => (await requireIdentity({ groups: { anyOf: ['ops'] } })).user;
`,
  authjs: `
import { trustedHeaderCallbacks, trustedHeaderJwt, trustedHeaderProvider } from '@trusted-header/authjs';
import { getDecision, getIdentity } from '@trusted-header/nextjs';
import NextAuth from 'next-auth';
import { decode } from 'next-auth/jwt';

const provider = trustedHeaderProvider({ getIdentity, find: ({ user }) => ({ id: user, name: user }) });
export const made = NextAuth({
  providers: [provider],
  callbacks: trustedHeaderCallbacks({ getDecision }),
  jwt: trustedHeaderJwt({ getDecision, decode }),
  session: { strategy: 'jwt' },
});
`,
  'better-auth': `
import { followDecision, trustedHeader } from '@trusted-header/better-auth';
import type { Decision } from '@trusted-header/core';
import { betterAuth } from 'better-auth';

export const auth = betterAuth({ plugins: [trustedHeader()] });
export const follow = (decision: Decision, headers: Headers) => followDecision(auth, { decision, headers });
`,
  assertion: `
import { authentik, awsAlb, createVerifier, withAssertion } from '@trusted-header/assertion';
import { createAuthenticator } from '@trusted-header/core';

const keys = { jwks: 'https://auth.example.com/application/o/app/jwks/' };
const provider = authentik({ issuer: 'https://auth.example.com/application/o/app/', audience: 'app', keys });
export const authenticator = withAssertion(createAuthenticator({ trustedProxies: ['172.20.0.2'] }), provider, { subject: 'replace' });
export const decided = authenticator.authenticate({ peer: '172.20.0.2', rawHeaders: [] });
export const { ready } = createVerifier(provider, { onKeys: ({ url }) => console.log(url) });
// @ts-expect-error: whose load balancer it is has to be said
export const unsafe = () => awsAlb({ region: 'eu-central-1' });
`,
  opentelemetry: `
import type { DecisionEvent } from '@trusted-header/core';
import { formatOwasp, redactPaths } from '@trusted-header/core/formatters';
import { createAuthenticator } from '@trusted-header/core';
import { observeDecisions } from '@trusted-header/opentelemetry';

export const authenticator = createAuthenticator({
  trustedProxies: '172.20.0.2',
  onDecision: observeDecisions({ user: 'hash', hashKey: '0123456789abcdef0123456789abcdef' }),
});
export const redact: string[] = redactPaths(authenticator);
export const recordsOf = (event: DecisionEvent) => formatOwasp(event, { appid: 'notes' }).map((record) => record.level);
// @ts-expect-error: a hash without a key can be guessed
export const unsafe = () => observeDecisions({ user: 'hash' });
`,
  passport: `
import { TrustedHeaderStrategy } from '@trusted-header/passport';
import passport from 'passport';

passport.use(new TrustedHeaderStrategy(({ user }, done) => done(null, { id: user })));
`,
};

const row = `
interface Row { readonly id: number; readonly name: string }
declare const rows: { byName(name: string): Promise<Row | undefined> };
export const login = defineLogin({
  find: async ({ user }) => (await rows.byName(user)) ?? null,
  roles: defineRoles({ admin: 'ops', viewer: '*' }),
});
declare module '@trusted-header/login' {
  interface Register { login: typeof login }
}
export const id = (user: Row | undefined): number => user?.id ?? 0;
`;

/** With users and roles registered. Each of them imports the first. */
export const LOGINS = {
  login: `
import { defineLogin, defineRoles } from '@trusted-header/login';
${row}`,
  'express-login': `
import * as expressjs from '@trusted-header/express';
import express from 'express';
import { id, login } from './login';

express()
  .use(expressjs.signIn({ ...login, session: expressjs.expressSession }))
  .get('/', expressjs.requireRole('admin'), (req, res) => void res.json(id(req.user)));
// @ts-expect-error: there is no such role
expressjs.requireRole('root');
// @ts-expect-error: there is no such column
express().get('/', (req) => req.user?.nothing);
`,
  'koa-login': `
import * as koa from '@trusted-header/koa';
import Koa from 'koa';
import { id, login } from './login';

new Koa().use(koa.signIn(login)).use((ctx) => void (ctx.body = id(ctx.state.user)));
// @ts-expect-error: there is no such role
koa.requireRole('root');
// @ts-expect-error: not what is registered
koa.signIn({ find: () => ({ other: true }) });
`,
  'fastify-login': `
import * as fastify from '@trusted-header/fastify';
import Fastify from 'fastify';
import { id, login } from './login';

export async function start() {
  const app = Fastify();
  await app.register(fastify.signIn, login);
  app.get('/', { preHandler: fastify.requireRole('viewer') }, (request) => id(request.user));
}
// @ts-expect-error: there is no such role
fastify.requireRole('root');
`,
  'hono-login': `
import * as hono from '@trusted-header/hono';
import { Hono } from 'hono';
import { id, login } from './login';

new Hono().use(hono.signIn(login)).get('/', hono.requireUser(), (c) => c.json(id(c.var.user)));
// @ts-expect-error: there is no such role
hono.requireRole('root');
`,
  'nestjs-login': `
import type { RegisteredUser } from '@trusted-header/login';
import * as nestjs from '@trusted-header/nestjs';
import { id, login } from './login';

export const nest = nestjs.SignInModule.forRootAsync({
  useFactory: async () => ({ ...login, session: nestjs.expressSession }),
});
export class Notes {
  @nestjs.RequireRole('admin')
  mine(@nestjs.CurrentUser() user: RegisteredUser) { return id(user); }
}
// @ts-expect-error: there is no such role
nestjs.RequireRole('root');
// @ts-expect-error: not what is registered
nestjs.SignInModule.forRoot({ find: () => ({ other: true }) });
`,
  // Typed by what it is given, registered or not.
  'nextjs-login': `
import * as nextjs from '@trusted-header/nextjs';
import { ironSession } from '@trusted-header/nextjs/iron-session';
import { id, login } from './login';

const next = nextjs.signIn({
  ...login,
  session: ironSession<{ cart: string[] }>({ password: 'x'.repeat(32), cookieName: 'session' }),
});
export const nextId = async () => id(await next.requireRole('admin'));
export const cart = async () => (await next.getSession()).cart?.join();
// @ts-expect-error: there is no such role
next.requireRole('root');
`,
};
