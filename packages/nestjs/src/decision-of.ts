import { type Decision, type Identity, isObject, keptDecision } from '@trusted-header/core';
import type { RegisteredUser } from '@trusted-header/login';

/** What is on every request, for handlers that take the request itself. */
export interface TrustedHeaderRequest {
  /** Who is asking; undefined where nobody is. */
  readonly identity: Identity | undefined;
  /** How that was decided. */
  readonly decision: Decision;
  /** Whom that is in this application; undefined where nobody is signed in, and without `SignInModule`. */
  readonly user?: RegisteredUser | undefined;
}

/**
 * Gives the decision about a request, or about the handshake of a WebSocket client; undefined for what the module has not
 * seen.
 *
 * @param subject A request of Express or Fastify, a client of `ws` or socket.io (in `handleConnection`).
 *
 * @example
 * ```ts
 * import type { OnGatewayConnection } from '@nestjs/websockets';
 * import { decisionOf } from '@trusted-header/nestjs';
 *
 * export class NewsGateway implements OnGatewayConnection {
 *   handleConnection(client: object) {
 *     const decision = decisionOf(client);
 *     console.log(decision?.kind === 'authenticated' ? decision.identity.user : 'nobody');
 *   }
 * }
 * ```
 */
export function decisionOf(subject: unknown): Decision | undefined {
  const holder = holderOf(subject);
  return holder && keptDecision(holder);
}

/** Gives the object on which what is known of a request is kept. */
export function holderOf(subject: unknown): object | undefined {
  if (!isObject(subject)) return undefined;
  if (keptDecision(subject)) return subject;
  for (const key of LEADS) {
    const each: unknown = Reflect.get(subject, key);
    if (isObject(each) && keptDecision(each)) return each;
  }
  return undefined;
}

/** To Node's request: of Fastify's request, of socket.io's client, of ws's client. */
const LEADS = ['raw', 'request', '_socket'] as const;

/** Gives the identity in a decision. */
export function identityIn(decision: Decision | undefined): Identity | undefined {
  return decision?.kind === 'authenticated' ? decision.identity : undefined;
}
