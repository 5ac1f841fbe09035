import type { Reply } from '../wire/protocol.js';
import type { Agent } from '../wire/start-agent.js';
import { PORTAL_ORIGIN, PORTAL_PORT } from '../world/constants.js';
import { PASSWORD, type User } from './users.js';

/** A browser after the sign-in. */
export interface SignedIn {
  readonly cookie: string;
  /** Where the portal sends it back to. */
  readonly location: string | undefined;
}

/** A browser after the sign-out. */
export interface SignedOut {
  /** What the portal makes of its cookie. */
  readonly cookie: string;
  readonly isExpired: boolean;
}

/**
 * Signs in as the portal's page does, by `POST /api/firstfactor`, and gives the cookie.
 *
 * @param agent On the proxy's machine, the only one that reaches the portal.
 */
export async function signIn(agent: Agent, user: User, returnTo: string): Promise<SignedIn> {
  const reply = await post(agent, '/api/firstfactor', {
    username: user,
    password: PASSWORD,
    targetURL: returnTo,
    requestMethod: 'GET',
    keepMeLoggedIn: false,
  });
  const cookie = pairOf(reply);
  if (reply.status !== 200 || cookie === '')
    throw new Error(`the portal signs nobody in: ${reply.status} ${reply.body}`);
  const { data }: { readonly data?: { readonly redirect?: string } } = JSON.parse(reply.body);
  return { cookie, location: data?.redirect };
}

/** Signs out as the portal's page does, by `POST /api/logout`. */
export async function signOut(agent: Agent, cookie: string): Promise<SignedOut> {
  const reply = await post(agent, '/api/logout', {}, [['Cookie', cookie]]);
  const line = reply.headers['set-cookie'] ?? '';
  const expires = /expires=([^;]+)/i.exec(line)?.[1];
  const isPast = expires !== undefined && Date.parse(expires) < Date.now();
  return { cookie: pairOf(reply), isExpired: isPast || /max-age=0/i.test(line) };
}

function pairOf({ headers }: Reply): string {
  return /^[^;]+/.exec(headers['set-cookie'] ?? '')?.[0] ?? '';
}

/** The portal is asked as its own reverse proxy would ask it. */
async function post(
  agent: Agent,
  path: string,
  json: object,
  more: readonly (readonly [string, string])[] = [],
): Promise<Reply> {
  const { host, protocol } = new URL(PORTAL_ORIGIN);
  const body = JSON.stringify(json);
  const result = await agent.send({
    kind: 'requests',
    to: { address: '127.0.0.1', port: PORTAL_PORT },
    version: '1.1',
    requests: [
      {
        method: 'POST',
        path,
        headers: [
          ['Host', host],
          ['X-Forwarded-Host', host],
          ['X-Forwarded-Proto', protocol.replace(':', '')],
          ['Origin', PORTAL_ORIGIN],
          ['Content-Type', 'application/json'],
          ['Content-Length', String(Buffer.byteLength(body))],
          ...more,
        ],
        body,
      },
    ],
  });
  const reply = result.kind === 'replies' ? result.replies[0] : undefined;
  if (!reply) throw new Error(`the portal does not answer: ${JSON.stringify(result)}`);
  return reply;
}
