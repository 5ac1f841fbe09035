// Installs the packed packages into a clean folder, and uses them as applications do: with import, with require, and from
// TypeScript with `nodenext` and `bundler`, oldest and newest.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const pnpm = ['--yes', 'pnpm@10.34.8'];

const TYPESCRIPTS = ['~5.4.0', '~5.9.0', '^6.0.0', '^7.0.0'];
const MODES = [
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'esnext', moduleResolution: 'bundler' },
];

const EXAMPLE = `
import { createAuthenticator } from '@trusted-header/core';
import { authentik } from '@trusted-header/core/profiles';
import { trustedHeader as forExpress } from '@trusted-header/express';
import { trustedHeader as forFastify } from '@trusted-header/fastify';
import { trustedHeader as forHono } from '@trusted-header/hono';
import { trustedHeader as forKoa } from '@trusted-header/koa';
import { AllowAnonymous, CurrentIdentity, TrustedHeaderModule } from '@trusted-header/nestjs';
import { getIdentity, registerTrustedHeader, trustedHeaderProxy } from '@trusted-header/nextjs';
import { defineRoles } from '@trusted-header/login';
import { factsFromRequest } from '@trusted-header/node';
import { loginChecks } from '@trusted-header/testing';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';

const options = { trustedProxies: '172.20.0.2', profile: authentik } as const;
export const authenticator = createAuthenticator(options);
express().use(forExpress(options)).get('/', (req, res) => void res.send(req.identity?.user));
await Fastify().register(forFastify, options);
new Hono().use(forHono(options)).get('/', (c) => c.text(c.var.identity?.user ?? ''));
new Koa().use(forKoa(options)).use((ctx) => void (ctx.body = ctx.state.identity?.user));
export const module = TrustedHeaderModule.forRoot(options);
export class Controller {
  @AllowAnonymous()
  home(@CurrentIdentity() identity: unknown) { return identity; }
}
registerTrustedHeader(options);
export const proxy = trustedHeaderProxy();
export const user = async () => (await getIdentity())?.user;
export { factsFromRequest };
export const checks = loginChecks({
  origin: 'http://127.0.0.1:3000',
  path: '/me',
  whoAmI: ({ body }) => JSON.parse(body).user,
});
export const roles = defineRoles({ admin: 'ops' });
`;

/** What is registered once types users and roles everywhere: a role that is not, or a column, is an error. */
const LOGIN = `
import * as expressjs from '@trusted-header/express';
import * as fastify from '@trusted-header/fastify';
import * as hono from '@trusted-header/hono';
import * as koa from '@trusted-header/koa';
import { defineLogin, defineRoles, type RegisteredUser } from '@trusted-header/login';
import * as nestjs from '@trusted-header/nestjs';
import * as nextjs from '@trusted-header/nextjs';
import { ironSession } from '@trusted-header/nextjs/iron-session';
import { TrustedHeaderStrategy } from '@trusted-header/passport';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import passport from 'passport';

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
express()
  .use(expressjs.signIn({ ...login, session: expressjs.expressSession }))
  .get('/', expressjs.requireRole('admin'), (req, res) => void res.json(id(req.user)));
new Koa().use(koa.signIn(login)).use((ctx) => void (ctx.body = id(ctx.state.user)));
const app = Fastify();
await app.register(fastify.signIn, login);
app.get('/', { preHandler: fastify.requireRole('viewer') }, (request) => id(request.user));
new Hono().use(hono.signIn(login)).get('/', hono.requireUser(), (c) => c.json(c.var.user.id));

export const nest = nestjs.SignInModule.forRootAsync({
  useFactory: async () => ({ ...login, session: nestjs.expressSession }),
});
export class Notes {
  @nestjs.RequireRole('admin')
  mine(@nestjs.CurrentUser() user: RegisteredUser) { return id(user); }
}
passport.use(new TrustedHeaderStrategy(({ user }, done) => {
  rows.byName(user).then((row) => done(null, row ?? false), done);
}));

// Next's is typed by what it is given, registered or not.
const next = nextjs.signIn({
  ...login,
  session: ironSession<{ cart: string[] }>({ password: 'x'.repeat(32), cookieName: 'session' }),
});
export const nextId = async () => id(await next.requireRole('admin'));
export const cart = async () => (await next.getSession()).cart?.join();
// @ts-expect-error: there is no such role
next.requireRole('root');

// @ts-expect-error: there is no such role
expressjs.requireRole('root');
// @ts-expect-error: there is no such role
koa.requireRole('root');
// @ts-expect-error: there is no such role
fastify.requireRole('root');
// @ts-expect-error: there is no such role
hono.requireRole('root');
// @ts-expect-error: there is no such role
nestjs.RequireRole('root');
// @ts-expect-error: not what is registered
nestjs.SignInModule.forRoot({ find: () => ({ other: true }) });
// @ts-expect-error: there is no such column
express().get('/', (req) => req.user?.nothing);
// @ts-expect-error: not what is registered
koa.signIn({ find: () => ({ other: true }) });
`;

const manifests = readdirSync(join(root, 'packages'))
  .map((name) => JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')))
  .filter((manifest) => !manifest.private);

/** Every entry that somebody can import: `@trusted-header/core`, `@trusted-header/core/profiles` … */
const entries = manifests.flatMap(({ name, exports }) =>
  Object.keys(exports).map((path) => name + path.slice(1)),
);

const folder = mkdtempSync(join(tmpdir(), 'trusted-header-consumers-'));
let faults = 0;
try {
  install();
  check('import', [
    '--input-type=module',
    '--eval',
    entries.map((it) => `await import('${it}');`).join(''),
  ]);
  check('require', ['--eval', entries.map((it) => `require('${it}');`).join('')]);
  for (const [i, version] of TYPESCRIPTS.entries()) {
    for (const mode of MODES)
      check(`TypeScript ${version}, ${mode.moduleResolution}`, compile(i, mode));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = faults > 0 ? 1 : 0;

function install() {
  const overrides = {};
  for (const { name, version } of manifests) {
    execFileSync('npx', [...pnpm, 'pack', '--pack-destination', folder], {
      cwd: join(root, 'packages', name.split('/')[1]),
      stdio: 'pipe',
    });
    overrides[name] = `file:./${name.slice(1).replace('/', '-')}-${version}.tgz`;
  }
  const peers = Object.assign({}, ...manifests.map(({ peerDependencies }) => peerDependencies));
  const compilers = Object.fromEntries(
    TYPESCRIPTS.map((version, i) => [`typescript-${i}`, `npm:typescript@${version}`]),
  );
  const others = {
    '@nestjs/platform-express': peers['@nestjs/common'],
    // 9 needs Node 22.13.
    'iron-session': '^8.0.4',
    react: '^19.0.0',
    'react-dom': '^19.0.0',
    rxjs: '^7.0.0',
    '@types/express': '^5.0.0',
    '@types/koa': '^3.0.0',
    '@types/node': '^20.0.0',
    '@types/passport': '^1.0.0',
    '@types/react': '^19.0.0',
  };
  const manifest = {
    name: 'consumer',
    private: true,
    dependencies: { ...overrides, ...peers, ...others, ...compilers },
    pnpm: { overrides },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  execFileSync('npx', [...pnpm, 'install', '--ignore-workspace'], { cwd: folder, stdio: 'pipe' });
}

/** Imports everything, and calls the one line that each README starts with. */
function compile(compiler, mode) {
  const name = `${compiler}-${mode.moduleResolution}`;
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'app.mts'), EXAMPLE);
  writeFileSync(join(folder, name, 'login.mts'), LOGIN);
  const compilerOptions = {
    ...mode,
    target: 'es2022',
    lib: ['es2022', 'dom'],
    types: ['node'],
    strict: true,
    noEmit: true,
    // Types of frameworks are theirs.
    skipLibCheck: true,
    experimentalDecorators: true,
  };
  const project = join(folder, name, 'tsconfig.json');
  writeFileSync(project, JSON.stringify({ compilerOptions, include: ['*.mts'] }));
  return [join(folder, 'node_modules', `typescript-${compiler}`, 'bin', 'tsc'), '-p', project];
}

function check(what, args) {
  try {
    execFileSync(process.execPath, args, { cwd: folder, stdio: 'pipe', encoding: 'utf8' });
    console.log(`${what}: ok`);
  } catch (error) {
    faults++;
    console.error(`${what}: FAILED\n${error.stdout}${error.stderr}`.slice(0, 4000));
  }
}
