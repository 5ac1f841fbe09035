import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { createAuthenticator, type Decision } from '@trusted-header/core';
import type { NextMiddleware, NextRequest } from 'next/server.js';
import { findRegistry } from '../src/registry.js';
import { untyped } from './untyped.js';

// As Next's own servers have it, before anything of Next is loaded.
Object.assign(globalThis, { AsyncLocalStorage });
const next = await import('next/server.js');
const { NextFetchEvent } = await import('next/dist/server/web/spec-extension/fetch-event.js');
const { createRequestStoreForAPI } = await import(
  'next/dist/server/async-storage/request-store.js'
);
const { workAsyncStorage } = await import(
  'next/dist/server/app-render/work-async-storage.external.js'
);
const { workUnitAsyncStorage } = await import(
  'next/dist/server/app-render/work-unit-async-storage.external.js'
);

export const { NextResponse } = next;

/** What of `next.config` Next reads URLs by. */
export interface UrlConfig {
  readonly basePath?: string;
  readonly i18n?: { readonly locales: string[]; readonly defaultLocale: string };
  readonly trailingSlash?: boolean;
}

/** A request as Next makes it. */
export function nextRequest(
  url: string | URL,
  init: RequestInit,
  nextConfig: UrlConfig = {},
): NextRequest {
  return new next.NextRequest(url, {
    method: init.method ?? 'GET',
    headers: new Headers(init.headers),
    nextConfig: untyped(nextConfig),
  });
}

/** What Next gives to a function of `proxy.ts` beside the request. */
export function eventOf(request: NextRequest) {
  return new NextFetchEvent({ request, page: '/', context: undefined });
}

const authenticator = createAuthenticator({ trustedProxies: '127.0.0.1', log: false });

/** Decides as it is decided on arrival. */
export function decide(user: string | undefined, groups = '', peer = '127.0.0.1'): Decision {
  const rawHeaders = user === undefined ? [] : ['Remote-User', user, 'Remote-Groups', groups];
  return authenticator.authenticate({ peer, rawHeaders });
}

/** The cookies of a browser. */
export type Jar = Map<string, string>;

export interface Asked {
  readonly path?: string;
  readonly isOpen?: boolean;
  readonly fileTarget?: string;
  /** As the client wrote it, if that is not `path`. */
  readonly target?: string;
  readonly method?: string;
  /** As Next's client says with each navigation. */
  readonly cameFrom?: string;
  readonly nextConfig?: UrlConfig;
}

/** A request as it is behind `registerTrustedHeader`, of a browser with these cookies. */
export function requestOf(decision: Decision, jar: Jar, asked: Asked = {}): NextRequest {
  const { path = '/', isOpen = false, fileTarget, target = path, method = 'GET' } = asked;
  const id = randomUUID();
  findRegistry()?.decisions.set(id, {
    holder: {},
    decision,
    isOpen,
    mode: 'refuse',
    target,
    fileTarget,
    reject: undefined,
  });
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const { cameFrom } = asked;
  const headers = {
    'x-trusted-header-id': id,
    ...(cookie && { cookie }),
    ...(cameFrom !== undefined && { 'next-url': cameFrom }),
  };
  return nextRequest(new URL(path, 'http://app.test'), { method, headers }, asked.nextConfig);
}

/** Runs a function of `proxy.ts`, and lets the browser keep the cookies that come back. */
export async function throughProxy(
  proxy: NextMiddleware,
  request: NextRequest,
  jar: Jar,
): Promise<Response> {
  const response = (await proxy(request, eventOf(request))) ?? new Response('nothing');
  keep(response.headers.getSetCookie(), jar);
  return response;
}

/** Runs something as a route handler (`action`) or a server component (`render`), with Next's own cookies. */
export async function inNext<Value>(
  phase: 'action' | 'render',
  request: NextRequest,
  jar: Jar,
  run: () => Promise<Value>,
): Promise<Value> {
  const { value, lines } = await runInNext(phase, request, run);
  keep(lines, jar);
  return value;
}

/** The same, and gives the cookies that were set. */
export async function runInNext<Value>(
  phase: 'action' | 'render',
  request: NextRequest,
  run: () => Promise<Value>,
): Promise<{ readonly value: Value; readonly lines: readonly string[] }> {
  let lines: readonly string[] = [];
  const store = createRequestStoreForAPI(
    request,
    request.nextUrl,
    untyped({}),
    (set: readonly string[] | undefined) => {
      lines = set ?? [];
    },
    untyped(undefined),
    undefined,
  );
  store.phase = phase;
  const work = untyped({ route: '/', forceStatic: false, dynamicShouldError: false });
  const value = await workAsyncStorage.run(untyped(work), () =>
    workUnitAsyncStorage.run(store, run),
  );
  return { value, lines };
}

function keep(lines: readonly string[], jar: Jar): void {
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '' || /Max-Age=0/i.test(line)) jar.delete(name);
    else jar.set(name, decodeURIComponent(value));
  }
}
