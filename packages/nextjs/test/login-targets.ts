import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { LoginSetup, LoginTarget } from '@trusted-header/conformance';
import { resolveAdapterOptions } from '@trusted-header/core';
import type { NextRequest } from 'next/server.js';
import { registerTrustedHeader, signIn, trustedHeaderProxy } from '../src/index.js';
import { ironSession } from '../src/iron-session.js';
import { cookiesOf } from '../src/request-cookies.js';
import { eventOf, nextRequest, runInNext } from './decided-request.js';

/**
 * iron-session in Next: `followSession` in `proxy.ts`, and route handlers. Does what Next does around them, without a build: Next's own
 * `cookies()`, and the header overrides of the proxy's answer.
 */
export const ironSessionTarget: LoginTarget = {
  name: 'iron-session (Next.js)',
  stateless: true,
  createServer(setup) {
    const { followSession, handle } = createApplication(setup);
    const settings = resolveAdapterOptions(setup.options);
    const proxy = trustedHeaderProxy(followSession());
    const server = createServer(async (req, res) => {
      const request = requestOf(req);
      const answer = (await proxy(request, eventOf(request))) ?? Response.error();
      if (!answer.headers.has('x-middleware-next')) return send(res, answer);
      const behind = behindProxy(request, answer);
      const { value, lines } = await runInNext('action', behind, () => handle(behind));
      return send(res, value, [...answer.headers.getSetCookie(), ...lines]);
    });
    // One process has one registration, and here it serves one server after the other.
    server.prependListener('connection', () => registerTrustedHeader(settings));
    return server;
  },
};

function createApplication(setup: LoginSetup) {
  const library = ironSession({
    password: 'a secret of this test and of nobody else',
    cookieName: 'session',
    cookieOptions: { secure: false },
  });
  const login = signIn({
    ...setup.signIn,
    session: library,
    otherLogin: (cookies) =>
      setup.hasOtherLogin(async (key) => Reflect.get(await library.open(cookies), key)),
  });
  const answer = async (request: NextRequest) => {
    let user = await login.getUser();
    let session = await login.getSession();
    const lookAgain = async () => {
      user = await login.getUser();
      session = await login.getSession();
    };
    // On an open path getSession() shows nothing to nobody. That nothing has ended there, the cookie tells.
    if (request.nextUrl.pathname === '/open') session = await library.open(cookiesOf(request));
    const sight = await setup.answer({
      request: `${request.method} ${request.nextUrl.pathname}${request.nextUrl.search}`,
      user: () => user,
      get: (key) => Reflect.get(session, key),
      async set(key, value) {
        Reflect.set(session, key, value);
        await session.save();
      },
      async endSession() {
        for (const key of Object.keys(session)) Reflect.deleteProperty(session, key);
        await session.save();
      },
      async signOut() {
        await login.signOut();
        await lookAgain();
      },
      async signInAgain() {
        await login.signInAgain();
        await lookAgain();
      },
    });
    return Response.json(sight);
  };
  const mine = login.withUser((_user, request: NextRequest, _context: undefined) =>
    answer(request),
  );
  const admin = login.withUser(
    (_user, request: NextRequest, _context: undefined) => answer(request),
    'admin',
  );
  const handle = (request: NextRequest): Promise<Response> => {
    if (request.nextUrl.pathname === '/mine') return mine(request, undefined);
    if (request.nextUrl.pathname === '/admin') return admin(request, undefined);
    return answer(request);
  };
  return { ...login, handle };
}

function requestOf(req: IncomingMessage): NextRequest {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    for (const each of [value ?? []].flat()) headers.append(name, each);
  }
  const method = req.method ?? 'GET';
  return nextRequest(new URL(req.url ?? '/', 'http://app.test'), { method, headers });
}

/** The request as it is handed on, where the proxy's answer says how. */
function behindProxy(request: NextRequest, answer: Response): NextRequest {
  const overrides = answer.headers.get('x-middleware-override-headers');
  if (overrides === null) return request;
  const headers = new Headers();
  for (const name of overrides.split(',')) {
    headers.set(name, answer.headers.get(`x-middleware-request-${name}`) ?? '');
  }
  return nextRequest(request.nextUrl, { method: request.method, headers });
}

async function send(
  res: ServerResponse,
  response: Response,
  lines: readonly string[] = response.headers.getSetCookie(),
): Promise<void> {
  for (const [name, value] of response.headers)
    if (name !== 'set-cookie') res.setHeader(name, value);
  res.setHeader('set-cookie', lines);
  res.writeHead(response.status);
  res.end(await response.text());
}
