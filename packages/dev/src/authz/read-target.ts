import { parseTarget, type Target } from './target.js';

/** What a reverse proxy asks an authz endpoint. */
export interface Question {
  readonly method: string;
  /** The endpoint's own path and query, as they came. */
  readonly url: string;
  header(name: string): string | undefined;
}

/**
 * Reads the target from `X-Forwarded-Method`, `-Proto`, `-Host` and `-URI`.
 *
 * Refuses a question without a scheme: Authelia takes that for plain http, which it never serves.
 */
export function readForwardedTarget({ header }: Question): Target | undefined {
  const proto = header('x-forwarded-proto');
  const host = header('x-forwarded-host');
  return parseParts(header('x-forwarded-method'), proto, host, header('x-forwarded-uri') ?? '');
}

/** Reads the target from `X-Original-Method` and the absolute `X-Original-URL`. */
export function readOriginalTarget({ header }: Question): Target | undefined {
  return parseTarget(header('x-original-method'), header('x-original-url'));
}

/** Reads the target of ext-authz (Envoy): the question's own method and host, and what follows `prefix` in its path. */
export function readExtAuthzTarget(
  { method, url, header }: Question,
  prefix: string,
): Target | undefined {
  const path = url.split('?')[0]?.slice(prefix.length + 1) ?? '';
  return parseParts(method, header('x-forwarded-proto'), header('host'), path);
}

/** Reads the target of `/api/verify`: `X-Original-URL`, else the forwarded headers with the question's own values for them. */
export function readLegacyTarget(question: Question): Target | undefined {
  const { header, url } = question;
  const method = header('x-forwarded-method') || question.method;
  const original = header('x-original-url');
  if (original !== undefined) return parseTarget(method, original);
  const host = header('x-forwarded-host') || header('host');
  return parseParts(method, header('x-forwarded-proto'), host, header('x-forwarded-uri') || url);
}

/** A path that does not begin with a slash would move the host. */
function parseParts(
  method: string | undefined,
  proto: string | undefined,
  host: string | undefined,
  uri: string,
): Target | undefined {
  const isPath = uri === '' || uri.startsWith('/');
  if (!proto || !host || !isPath) return undefined;
  return parseTarget(method, `${proto}://${host}${uri}`);
}
