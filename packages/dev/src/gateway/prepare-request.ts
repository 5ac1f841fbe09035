import type { IncomingMessage } from 'node:http';
import { stripHeaders } from '@trusted-header/node';
import type { DevUser } from '../options.js';
import type { Sessions } from '../session/create-sessions.js';
import { application, identityHeaders } from '../session/identity-headers.js';

/**
 * Makes a request what a careful reverse proxy passes on: every inbound identity header and alias is deleted before the
 * user's own are set, `Connection` is rebuilt, and the forwarded headers tell about this hop alone.
 */
export function prepareRequest(req: IncomingMessage, user: DevUser | undefined): void {
  stripHeaders(req, application);
  const { headers } = req;
  headers.connection = connectionFor(req);
  for (const name of HOP_BY_HOP) delete headers[name];
  Object.assign(headers, forwardedHeaders(req));
  for (const name of OTHER_CLIENT_NAMES) delete headers[name];
  if (user) Object.assign(headers, identityHeaders(user));
}

/** Takes out of a request what would open other applications too: the session cookie, and Basic credentials. */
export function hideSession({ headers }: IncomingMessage, sessions: Sessions): void {
  if (headers.cookie !== undefined) headers.cookie = sessions.hide(headers.cookie);
  if (headers.cookie === '') delete headers.cookie;
  if (/^basic /i.test(headers.authorization ?? '')) delete headers.authorization;
}

/** What this gateway says about a request, and a reverse proxy repeats when it asks Authelia. */
export function forwardedHeaders({ headers, method, url, socket }: IncomingMessage): Forwarded {
  return {
    'x-forwarded-for': socket.remoteAddress ?? '',
    'x-forwarded-proto': 'http',
    'x-forwarded-host': headers.host ?? '',
    'x-forwarded-uri': url ?? '/',
    'x-forwarded-method': method ?? 'GET',
  };
}

type Forwarded = Readonly<Record<`x-forwarded-${string}`, string>>;

/** A client's tokens are for this hop: of them only the wish for another protocol, or for the end, goes on. */
function connectionFor({ headers, httpVersionMinor }: IncomingMessage): string {
  if (headers.upgrade !== undefined) return 'Upgrade';
  const tokens = (headers.connection ?? '').toLowerCase().split(/[\s,]+/);
  const wantsEnd =
    tokens.includes('close') || (httpVersionMinor === 0 && !tokens.includes('keep-alive'));
  return wantsEnd ? 'close' : 'keep-alive';
}

/** RFC 9110 section 7.6.1, but for `Upgrade` and `Transfer-Encoding`, which the proxy library writes anew. */
const HOP_BY_HOP = ['keep-alive', 'proxy-connection', 'te', 'trailer'];

/** Headers in which a client could claim another address or page; this gateway does not write them. */
const OTHER_CLIENT_NAMES = ['forwarded', 'x-real-ip', 'x-original-url', 'x-original-method'];
