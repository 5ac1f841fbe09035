import { subscribe } from 'node:diagnostics_channel';
import {
  createServer,
  IncomingMessage,
  type RequestListener,
  Server,
  type ServerResponse,
} from 'node:http';
import { text } from 'node:stream/consumers';
import {
  answerAs,
  type ConformanceTarget,
  probe,
  type Sighting,
} from '@trusted-header/conformance';
import { resolveAdapterOptions } from '@trusted-header/core';
import { guardServer } from '@trusted-header/node';
import { NextFetchEvent } from 'next/dist/server/web/spec-extension/fetch-event.js';
import { NextRequest } from 'next/server.js';
import {
  registerTrustedHeader,
  requireIdentity,
  trustedHeaderProxy,
  withIdentity,
} from '../src/index.js';
import { INTERNAL_HEADER } from '../src/internal-header.js';
import { findRegistry } from '../src/registry.js';
import type { Undecided } from '../src/request-decision.js';

/**
 * Does what Next does around `proxy.ts` and route handlers, without a build: `Headers` made of `req.headers`, and the
 * header overrides of the proxy's answer. The same cases run on a real build in the end-to-end tests.
 */
export const nextTarget: ConformanceTarget = {
  name: '@trusted-header/nextjs',
  door: true,
  createServer({ options, onRefusal: as, adminPolicy, earlyReader, door, observe }) {
    const settings = resolveAdapterOptions(options);
    const proxy = trustedHeaderProxy({
      anonymous: ({ nextUrl }) => (nextUrl.pathname.startsWith('/public') ? 'allow' : undefined),
      ...(as && {
        onRefusal: (refusal) =>
          answerAs(as, refusal, (status, body) => new Response(body, { status })),
      }),
    });
    const whoami = async (request: NextRequest, { req, body }: Route) =>
      new Response(await observe(() => sightingOf(request, req), body), {
        headers: { 'content-type': 'application/json' },
      });
    const admin = withIdentity(
      (_identity, request: NextRequest, route: Route) => whoami(request, route),
      adminPolicy,
    );

    const handler: RequestListener = async (req, res) => {
      const body = await text(req).catch(() => 'the client has hung up');
      const request = nextRequestOf(req);
      const { pathname } = request.nextUrl;
      // A route that the proxy's matcher misses, of an application that has registered nothing.
      if (pathname === '/unguarded') return failUnguarded(res);
      const event = new NextFetchEvent({ request, page: pathname, context: undefined });
      const answer = await proxy(request, event);
      if (!answer?.headers.has('x-middleware-next')) return send(res, answer ?? Response.error());
      const route = pathname.endsWith('/admin') ? admin : whoami;
      return send(res, await route(request, { req, body }));
    };
    const server = createServer(handler);
    // As a custom server does that has other listeners beside Next, which nobody asks.
    if (door) {
      registerTrustedHeader(settings);
      guardServer(server, { ...settings, handler });
    }
    // One process has one registration, and here it serves one server after the other.
    server.prependListener('connection', () => registerTrustedHeader(settings));
    if (earlyReader) readEarly.add(server);
    return server;
  },
};

interface Route {
  readonly req: IncomingMessage;
  readonly body: string;
}

const readEarly = new WeakSet<Server>();
subscribe('http.server.request.start', (message) => {
  if (typeof message !== 'object' || message === null) return;
  if (!('server' in message && 'request' in message)) return;
  const { server, request } = message;
  if (!(server instanceof Server && request instanceof IncomingMessage)) return;
  if (readEarly.has(server)) readableOf(request);
});

/** Every way that Node has to read the headers of a request. */
function readableOf(req: IncomingMessage): Record<string, unknown> {
  return {
    'req.headers': req.headers,
    'req.headersDistinct': req.headersDistinct,
    'req.rawHeaders': req.rawHeaders,
    'req.trailers': req.trailers,
    'req.trailersDistinct': req.trailersDistinct,
    'req.rawTrailers': req.rawTrailers,
  };
}

function nextRequestOf(req: IncomingMessage): NextRequest {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    for (const each of [value ?? []].flat()) headers.append(name, each);
  }
  return new NextRequest(new URL(req.url ?? '/', 'http://app.test'), {
    method: req.method ?? 'GET',
    headers,
  });
}

function sightingOf(request: NextRequest, req: IncomingMessage): Sighting {
  const id = request.headers.get(INTERNAL_HEADER) ?? '';
  const entry = findRegistry()?.decisions.get(id);
  const decision = entry && 'decision' in entry ? entry.decision : NOT_SEEN;
  return {
    decision,
    identity: decision.kind === 'authenticated' ? decision.identity : undefined,
    readable: {
      'request.headers': request.headers,
      'request.headers.get(name)': probe((name) => request.headers.get(name) ?? undefined),
      ...readableOf(req),
    },
  };
}

const NOT_SEEN: Undecided = { kind: 'undecided', reason: 'not-seen' };

async function failUnguarded(res: ServerResponse): Promise<void> {
  const outcome = await requireIdentity({ users: ['john'] }, { headers: {} }).then(
    () => 200,
    () => 500,
  );
  res.writeHead(outcome).end();
}

async function send(res: ServerResponse, response: Response): Promise<void> {
  res.writeHead(response.status, [...response.headers].flat());
  res.end(await response.text());
}
