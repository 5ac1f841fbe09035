import { parseLoopbackUrl } from '../loopback.js';

/** What a visitor asked a reverse proxy for. */
export interface Target {
  readonly method: string;
  readonly url: URL;
}

type ReadHeader = (name: string) => string | undefined;

/** Reads the target from `X-Forwarded-Method`, `-Proto`, `-Host` and `-URI`; undefined where they are missing or bad. */
export function readForwardedTarget(header: ReadHeader): Target | undefined {
  const proto = header('x-forwarded-proto') ?? 'http';
  const host = header('x-forwarded-host');
  const uri = header('x-forwarded-uri') ?? '/';
  if (host === undefined || !uri.startsWith('/')) return undefined;
  return targetOf(header('x-forwarded-method'), `${proto}://${host}${uri}`);
}

/** Reads the target from `X-Original-Method` and the absolute `X-Original-URL`; undefined where they are missing or bad. */
export function readOriginalTarget(header: ReadHeader): Target | undefined {
  return targetOf(header('x-original-method'), header('x-original-url'));
}

function targetOf(method: string | undefined, text: string | undefined): Target | undefined {
  const url = parseLoopbackUrl(text);
  return url && method !== undefined && /^[A-Z]+$/.test(method) ? { method, url } : undefined;
}
