import { matchName } from '../headers/header-name.js';
import { trimOws } from '../headers/trim-ows.js';

/** What of a request, beside who is asking, tells whether it may go on. */
export interface RequestShape {
  readonly method: string | undefined;
  /** The request target as the client wrote it, undecoded (RFC 9112 section 3.2). */
  readonly target: string | undefined;
  readonly rawHeaders: readonly string[];
}

/**
 * Tells what makes a request that has an identity one of another origin's page; undefined if nothing does (P4).
 *
 * By `Sec-Fetch-Site`, which no page can write; where there is none, by `Origin` against `Host`, or against the host and
 * scheme that the proxy forwards: whoever has an identity came through it. A request with neither header is a program's:
 * browsers send `Origin` with every WebSocket (RFC 6455 section 4.1) and every unsafe method, and a program has no user's
 * proxy session that a page could misuse.
 *
 * Refuses what is sent twice, `Origin: null`, and sites that are `same-site` or `cross-site`: a subdomain is another origin.
 *
 * @param allowed Origins that may do all the same.
 * @returns For the operator; holds no header value.
 */
export function crossOriginFault(
  rawHeaders: readonly string[],
  allowed: ReadonlySet<string>,
): string | undefined {
  const sites = linesOf(rawHeaders, 'sec-fetch-site');
  const origins = linesOf(rawHeaders, 'origin');
  if (sites.length > 1 || origins.length > 1) return 'Origin or Sec-Fetch-Site was sent twice';
  const [[site], [origin]] = [sites, origins];
  if (origin !== undefined && allowed.has(origin)) return undefined;
  if (site !== undefined) {
    return site === 'same-origin' || site === 'none' ? undefined : 'Sec-Fetch-Site says so';
  }
  return origin === undefined ? undefined : originFault(rawHeaders, origin);
}

function originFault(rawHeaders: readonly string[], origin: string): string | undefined {
  const [, scheme, authority] = /^(https?):\/\/([^\s/?#@\\]+)$/i.exec(origin) ?? [];
  if (scheme === undefined || authority === undefined) return 'its Origin is no site';
  const forwarded = listOf(rawHeaders, 'x-forwarded-host');
  const hosts = forwarded.length > 0 ? forwarded : linesOf(rawHeaders, 'host', ':authority');
  const host = hostOf(authority, scheme);
  if (!hosts.some((each) => hostOf(each, scheme) === host)) {
    return `its Origin is not the ${forwarded.length > 0 ? 'X-Forwarded-Host' : 'Host'}`;
  }
  const schemes = listOf(rawHeaders, 'x-forwarded-proto').map(schemeOf);
  const isOtherScheme = schemes.length > 0 && !schemes.includes(scheme.toLowerCase());
  return isOtherScheme ? 'its Origin has another scheme than X-Forwarded-Proto' : undefined;
}

/** Tells whether a request wants the connection itself, whoever looks at it: a WebSocket, or a tunnel. */
export function isUpgrade({ method, rawHeaders }: RequestShape): boolean {
  return method === 'CONNECT' || hasLine(rawHeaders, 'upgrade');
}

/** Asked about every request: nothing is made of names that are too long or too short. */
function hasLine(rawHeaders: readonly string[], lower: string): boolean {
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    if (matchName(rawHeaders[i] ?? '', lower) === 'same') return true;
  }
  return false;
}

/** Tells whether a method may change something (RFC 9110 section 9.2.1). */
export function isUnsafe({ method }: RequestShape): boolean {
  return !['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method ?? '');
}

/** Gives the trimmed values of all header lines with one of these names, which are in lower case. */
export function linesOf(
  rawHeaders: readonly string[],
  ...names: readonly string[]
): readonly string[] {
  const values: string[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    if (names.some((lower) => matchName(name, lower) === 'same')) {
      values.push(trimOws(rawHeaders[i + 1] ?? ''));
    }
  }
  return values;
}

function listOf(rawHeaders: readonly string[], name: string): readonly string[] {
  return linesOf(rawHeaders, name).flatMap((line) => line.split(',').map(trimOws));
}

/** A host with its port, if that is another than the scheme's own. */
function hostOf(authority: string, scheme: string): string {
  const usual = scheme.toLowerCase() === 'https' ? ':443' : ':80';
  const host = authority.toLowerCase();
  return host.endsWith(usual) ? host.slice(0, -usual.length) : host;
}

/** Traefik forwards `wss` with WebSockets. */
function schemeOf(proto: string): string {
  return proto.toLowerCase().replace(/^ws/, 'http');
}
