import { ADDRESSES } from '../network/network.js';
import type { User } from '../portal/users.js';
import type { HttpRequest, Reply, Result } from '../wire/protocol.js';
import { DOMAIN } from '../world/constants.js';
import type { Site } from './case.js';

export type Line = readonly [name: string, value: string];

/** The proxy's front door, with TLS. */
export const FRONT = { address: ADDRESSES.proxy.front.ipv4, port: 443, tls: DOMAIN } as const;
export const FRONT_IPV6 = { ...FRONT, address: ADDRESSES.proxy.front.ipv6 } as const;

/** What browsers send in any case. */
const BROWSER: Line = ['Accept', 'text/html,application/xhtml+xml,*/*;q=0.8'];

/** A claim to be the administrator that nobody is. */
export const CLAIM: readonly Line[] = [
  ['Remote-User', 'mallory'],
  ['Remote-Groups', 'admin'],
  ['Remote-Name', 'mallory'],
  ['Remote-Email', 'mallory@example.com'],
];

/** The same, as lines of bytes. */
export const FORGED: readonly string[] = CLAIM.map(([name, value]) => `${name}: ${value}`);

/** Makes a request of somebody, as a browser would. */
export function asUser(
  site: Site,
  user: User | undefined,
  path: string,
  more: Omit<Partial<HttpRequest>, 'headers'> & { readonly headers?: readonly Line[] } = {},
): HttpRequest {
  const { headers = [], ...rest } = more;
  const cookie: readonly Line[] = user ? [['Cookie', site.cookies[user]]] : [];
  return { path, ...rest, headers: [['Host', DOMAIN], BROWSER, ...cookie, ...headers] };
}

/** Sends well-formed requests over one connection. */
export function send(
  site: Site,
  requests: readonly HttpRequest[],
  version: '1.1' | '2' = '1.1',
  connections = 1,
): Promise<Result> {
  return site.agents.client.send({ kind: 'requests', to: FRONT, version, requests, connections });
}

/** Gives the only answer to one request. */
export async function fetchOne(
  site: Site,
  request: HttpRequest,
  version: '1.1' | '2' = '1.1',
): Promise<Reply> {
  const result = await send(site, [request], version);
  if (result.kind === 'replies' && result.replies[0]) return result.replies[0];
  throw new Error(result.kind === 'failed' ? result.error : 'no answer');
}
