import { describeResult } from '../matrix/describe-result.js';
import type { User } from '../portal/users.js';
import type { Destination } from '../wire/protocol.js';
import { DOMAIN } from '../world/constants.js';
import type { Attack, Harmless, Site } from './case.js';
import { FRONT } from './requests.js';

/** How long an answer may pause. A proxy that waits for more bytes says nothing at all. */
const QUIET_MS = 700;

/** Bytes of a request, as they are. */
export interface RawRequest {
  readonly as?: User;
  readonly method?: string;
  readonly path?: string;
  readonly version?: '1.0' | '1.1';
  /** Undefined gives none. */
  readonly host?: string | undefined;
  readonly lines?: readonly string[];
  /** Default: the connection is to be closed after the answer. */
  readonly keepAlive?: boolean;
  /** Everything after the empty line. */
  readonly rest?: string;
}

/** Writes a request as bytes. Unless it says otherwise it takes anything, as browsers do: programs get 401 in place of the portal. */
export function encode(site: Site, request: RawRequest): string {
  const { as, method = 'GET', path = '/whoami', version = '1.1', lines = [], rest = '' } = request;
  const host = 'host' in request ? request.host : DOMAIN;
  const hasConnection = lines.some((line) => /^connection:/i.test(line));
  return [
    `${method} ${path} HTTP/${version}`,
    ...(host === undefined ? [] : [`Host: ${host}`]),
    ...(lines.some((line) => /^accept:/i.test(line)) ? [] : ['Accept: */*']),
    ...(as ? [`Cookie: ${site.cookies[as]}`] : []),
    ...lines,
    ...(request.keepAlive || hasConnection ? [] : ['Connection: close']),
    '',
    rest,
  ].join('\r\n');
}

/** Sends bytes from a machine and says what came back. */
export async function sendBytes(
  site: Site,
  parts: readonly string[],
  sender: User | undefined,
  from: 'client' | 'attacker' = 'client',
  to: Destination = FRONT,
): Promise<string> {
  const result = await site.agents[from].send({ kind: 'raw', to, parts, quietMs: QUIET_MS });
  return describeResult(result, sender);
}

/** One request by a client through the proxy. */
export function rawAttack(
  id: string,
  why: string,
  allowed: Harmless | readonly Harmless[],
  request: RawRequest | ((site: Site) => RawRequest),
): Attack {
  return {
    id,
    why,
    allowed: [allowed].flat(),
    run: (site) => {
      const one = typeof request === 'function' ? request(site) : request;
      return sendBytes(site, [encode(site, one)], one.as);
    },
  };
}
