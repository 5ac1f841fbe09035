import type { IncomingMessage } from 'node:http';
import { stripHeaders } from '@trusted-header/node';
import type { DevUser } from '../options.js';
import type { Sessions } from '../session/create-sessions.js';
import { application, identityHeaders } from '../session/identity-headers.js';

/**
 * Makes a request what a careful reverse proxy passes on: every inbound identity header and alias is deleted before the
 * user's own are set, `Connection` is rebuilt, and the forwarded headers tell about this hop alone.
 */
export function prepareRequest(
  req: IncomingMessage,
  user: DevUser | undefined,
  sessions: Sessions,
): void {
  stripHeaders(req, application);
  const { headers } = req;
  headers.connection = connectionFor(req);
  for (const name of HOP_BY_HOP) delete headers[name];

  if (headers.cookie !== undefined) headers.cookie = sessions.hide(headers.cookie);
  if (headers.cookie === '') delete headers.cookie;

  headers['x-forwarded-for'] = req.socket.remoteAddress;
  headers['x-forwarded-proto'] = 'http';
  headers['x-forwarded-host'] = headers.host;
  headers['x-forwarded-uri'] = req.url;
  headers['x-forwarded-method'] = req.method;
  for (const name of OTHER_CLIENT_NAMES) delete headers[name];
  if (user) Object.assign(headers, identityHeaders(user));
}

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

/** Headers in which a client could claim another address; this gateway does not write them. */
const OTHER_CLIENT_NAMES = ['forwarded', 'x-real-ip'];
