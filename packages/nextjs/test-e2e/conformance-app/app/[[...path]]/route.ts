import { getDecision, getIdentity, requireIdentity, withIdentity } from '@trusted-header/nextjs';
import type { NextRequest } from 'next/server';

/** Set by the program that serves this application, in the same process; not there during the build. */
const suite = () => Reflect.get(globalThis, Symbol.for('conformance'));

async function whoami(request: NextRequest): Promise<Response> {
  const decision = await getDecision();
  const identity = await getIdentity();
  const body = await request.text().catch(() => 'the client has hung up');
  const answer = await suite().observe(
    () => ({ decision, identity, readable: readableOf(request) }),
    body,
  );
  return new Response(answer, { headers: { 'content-type': 'application/json' } });
}

const admin = withIdentity((_identity, request: NextRequest) => whoami(request), {
  groups: { anyOf: ['admin'] },
});

async function route(request: NextRequest): Promise<Response> {
  const { pathname } = request.nextUrl;
  if (pathname === '/unguarded') {
    await requireIdentity({ users: ['john'] }, { headers: {} });
    return whoami(request);
  }
  return pathname.endsWith('/admin') ? admin(request, undefined) : whoami(request);
}

function readableOf(request: NextRequest): Record<string, unknown> {
  return {
    'request.headers': request.headers,
    'request.headers.get(name)': suite().probe(
      (name: string) => request.headers.get(name) ?? undefined,
    ),
    'new Request(request).headers': new Request(request.url, { headers: request.headers }).headers,
  };
}

export {
  route as DELETE,
  route as GET,
  route as HEAD,
  route as OPTIONS,
  route as PATCH,
  route as POST,
  route as PUT,
};
