import type { DecisionEvent, Denied, LoginOutcome } from '../authenticator/decision-event.js';
import type { Identity, Refused } from '../decision.js';

/** What an event is about, for records: one of these, or nothing that is to be written down. */
export type Happening =
  /** A claim is not believed, or was passed over: nobody's user. */
  | { readonly kind: 'refused'; readonly refused: Refused }
  /** A policy, or the application, does not admit the user. */
  | { readonly kind: 'denied'; readonly denied: Denied; readonly identity: Identity }
  /** A login followed the decision. There is no identity where the login ended because nobody was named. */
  | {
      readonly kind: 'login';
      readonly login: LoginOutcome;
      readonly identity: Identity | undefined;
    }
  /** A request was authenticated, in whatever session. */
  | { readonly kind: 'authenticated'; readonly identity: Identity };

/**
 * Tells what an event is about. Nobody who claimed nothing is no news: undefined, as is a request that is authenticated, unless each
 * is asked for.
 */
export function happeningOf(
  { decision, denied, login, ignored }: DecisionEvent,
  eachRequest = false,
): Happening | undefined {
  const identity = decision.kind === 'authenticated' ? decision.identity : undefined;
  if (login !== undefined) return { kind: 'login', login, identity };
  if (denied && identity) return { kind: 'denied', denied, identity };
  const refused = ignored ?? (decision.kind === 'refused' ? decision : undefined);
  if (refused) return { kind: 'refused', refused };
  return identity && eachRequest ? { kind: 'authenticated', identity } : undefined;
}

/** Gives the address of a client whom nobody believes: the peer's, where that is what is wrong. Else the peer is the proxy. */
export function strangerOf({ reason, peer }: Refused): string | undefined {
  return reason.startsWith('peer-') ? peer : undefined;
}

/** Says in words what has happened. Holds no header value. */
export function describe(happening: Happening): string {
  switch (happening.kind) {
    case 'refused': {
      const { reason, header, detail } = happening.refused;
      const more = [header, detail].filter((part) => part !== undefined).join(': ');
      return `identity headers were refused: ${reason}${more === '' ? '' : ` (${more})`}`;
    }
    case 'denied':
      return `an authenticated user was denied: ${happening.denied.reason}; ${happening.denied.detail}`;
    case 'login':
      return LOGINS[happening.login];
    case 'authenticated':
      return 'a request was authenticated by identity headers';
  }
}

const LOGINS: Readonly<Record<LoginOutcome, string>> = {
  started: 'a session began by identity headers',
  switched: 'a session began anew, for another user or other groups',
  ended: 'a session ended: identity headers name nobody any more',
  'signed-out': 'a session ended: the user signed out',
  unavailable: 'the application could not say who the user is',
};
