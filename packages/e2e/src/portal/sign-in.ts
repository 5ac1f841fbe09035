import type { Reply } from '../wire/protocol.js';
import type { Agent } from '../wire/start-agent.js';
import { DOMAIN, PORTAL_PORT } from '../world/constants.js';
import type { User } from './users.js';

const HOST = `${DOMAIN}:${PORTAL_PORT}`;

/** Signs in at the portal's page, and gives the cookie. `agent` is on the proxy's machine, the only one that reaches it. */
export async function signIn(agent: Agent, user: User, returnTo: string): Promise<SignedIn> {
  const reply = await post(agent, '/', `pick=${user}&rd=${encodeURIComponent(returnTo)}`, []);
  const cookie = /^[^;]+/.exec(reply.headers['set-cookie'] ?? '')?.[0];
  if (cookie === undefined) throw new Error(`the portal signs nobody in: ${reply.status}`);
  return { cookie, location: reply.headers['location'] };
}

/** A browser after the sign-in. */
export interface SignedIn {
  readonly cookie: string;
  /** Where the portal sends it back to. */
  readonly location: string | undefined;
}

/** Signs out at the portal's page, and gives the `Set-Cookie` line. */
export async function signOut(agent: Agent, cookie: string): Promise<string> {
  const { headers } = await post(agent, '/logout', 'rd=', [['Cookie', cookie]]);
  return headers['set-cookie'] ?? '';
}

async function post(
  agent: Agent,
  path: string,
  body: string,
  more: readonly (readonly [string, string])[],
): Promise<Reply> {
  const result = await agent.send({
    kind: 'requests',
    to: { address: '127.0.0.1', port: PORTAL_PORT },
    version: '1.1',
    requests: [
      {
        method: 'POST',
        path,
        headers: [
          ['Host', HOST],
          ['Origin', `http://${HOST}`],
          ['Content-Type', 'application/x-www-form-urlencoded'],
          ['Content-Length', String(body.length)],
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
