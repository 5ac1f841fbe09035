import type { DecisionWarning, Refused } from '../decision.js';
import type { Denied } from './decision-event.js';
import type { Unclaimed } from './observer.js';
import { refusalLine } from './refusal-line.js';

// Lines about what is no refusal, and what people ask about all the same (D3). They hold no header value but users, where those are asked for.

/** Says that a value was left out (H4). */
export function droppedLine(peer: string, { code, header, detail }: DecisionWarning): string {
  const what = code === 'group-dropped' ? `a group in ${header} that` : `${header} in a form that`;
  return `peer ${peer} sent ${what} cannot be read (${detail}); it was left out, and the login went on`;
}

/** Says that a claim from elsewhere was passed over. */
export function ignoredLine(ignored: Refused): string {
  return `${refusalLine(ignored)} (untrusted is 'ignore': the request went on as nobody's)`;
}

/**
 * Says that a policy did not admit a user.
 *
 * @param shown The user, made fit for a log, where it may name them.
 */
export function deniedLine(peer: string, { reason, detail }: Denied, shown?: string): string {
  const who = shown === undefined ? 'a user' : `the user ${shown}`;
  return `${who} from ${peer} was denied: ${reason}; ${detail}`;
}

/** Says that the proxy let somebody through without a name, whom the application does not let in. */
export function unclaimedLine({ peer, userHeader, proof, other }: Unclaimed): string {
  if (proof) {
    return `the proxy ${peer} sent a request without ${proof}; if that person is signed in, make it send that with each request`;
  }
  if (other) {
    return `the proxy ${peer} sent a request without ${userHeader}, but with ${other.header}: is the profile '${other.key}'?`;
  }
  return `the proxy ${peer} sent a request without ${userHeader}; if that person is signed in, make it copy the headers of the authorization response (npx @trusted-header/cli proxy-config)`;
}
