// The files of the README, as they are printed, in production, in a process of their own: with what next-auth asks of Next, and no Next.
import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { register } from 'node:module';
import { transformSync } from '@swc/core';
import { createAuthenticator } from '@trusted-header/core';

const moduleOf = (code) => `data:text/javascript,${encodeURIComponent(code)}`;

const requests = new AsyncLocalStorage();
const decisionOf = () => requests.getStore().decision;
const known = { alice: { id: '1', name: 'alice' } };
Object.assign(globalThis, {
  requests,
  getDecision: async () => decisionOf(),
  getIdentity: async () => decisionOf().identity,
  // What the README declares.
  db: {
    async byName(name) {
      if (name === 'down') throw new Error('no connection');
      return known[name];
    },
    insert: async () => null,
  },
});

const STANDINS = {
  'next/headers': `
    export const headers = async () => requests.getStore().headers;
    export const cookies = async () => ({ set: (...cookie) => requests.getStore().cookies.push(cookie) });`,
  'next/navigation': `
    export const redirect = (location) => { throw Object.assign(new Error('NEXT_REDIRECT'), { location }); };`,
  'next/server': 'export const NextRequest = Request, NextResponse = Response;',
  '@trusted-header/nextjs': 'export const { getDecision, getIdentity } = globalThis;',
};
const urls = Object.fromEntries(
  Object.entries(STANDINS).map(([name, code]) => [name, moduleOf(code)]),
);
register(
  moduleOf(`
    const urls = ${JSON.stringify(urls)};
    export function resolve(name, context, next) {
      if (urls[name]) return { url: urls[name], shortCircuit: true };
      const isPrinted = context.parentURL?.startsWith('data:');
      return next(name, isPrinted ? { ...context, parentURL: ${JSON.stringify(import.meta.url)} } : context);
    }`),
);

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
function printed(file) {
  const block = readme.split('```ts\n').find((it) => it.startsWith(`// ${file}\n`));
  const [code] = block.split('```');
  return import(
    moduleOf(
      transformSync(code, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }).code,
    )
  );
}

const { auth, handlers, signIn } = await printed('auth.ts');
Object.assign(globalThis, { handlers, signIn });
const authRoute = await printed('app/api/auth/[...nextauth]/route.ts');
const signInRoute = await printed('app/sign-in/route.ts');

/** As Next calls a route handler: what throws is a redirect, or 500. */
async function answerOf(request) {
  const { pathname } = new URL(request.url);
  if (pathname === '/') return Response.json((await auth())?.user?.name ?? null);
  const route = pathname === '/sign-in' ? signInRoute : authRoute;
  try {
    return await route[request.method](request);
  } catch ({ location }) {
    return new Response(null, location ? { status: 307, headers: { location } } : { status: 500 });
  }
}

const authenticator = createAuthenticator({ trustedProxies: '127.0.0.1', log: false });
const server = createServer(async (req, res) => {
  const { remoteAddress: peer } = req.socket;
  const decision = authenticator.authenticate({ peer, rawHeaders: req.rawHeaders });
  const headers = new Headers(req.headers);
  headers.set('x-forwarded-proto', 'http');
  const request = new Request(`http://${req.headers.host}${req.url}`, { headers });
  const store = { decision, headers, cookies: [] };
  const answer = await requests.run(store, () => answerOf(request));
  for (const [name, value] of store.cookies) res.appendHeader('Set-Cookie', `${name}=${value}`);
  for (const [name, value] of answer.headers) res.appendHeader(name, value);
  res.statusCode = answer.status;
  res.end(await answer.text());
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.once('disconnect', () => process.exit(0));
