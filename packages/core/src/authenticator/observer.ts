import type { Authenticated, Decision, Refused, TrustedSource } from '../decision.js';
import type { Field } from '../headers/field.js';
import type { AuthenticatorOptions } from './authenticator.js';
import { isChannelHeard, tellChannel } from './decision-channel.js';
import type {
  About,
  DecisionEvent,
  Denied,
  EventReason,
  LoginOutcome,
  Told,
} from './decision-event.js';
import { eventOf } from './event-of.js';
import { createLineLimiter } from './line-limiter.js';
import { NO_WARNINGS, type Outcome } from './outcome.js';
import { quietly } from './quietly.js';
import { refusalLine } from './refusal-line.js';
import { showUser } from './show-user.js';
import { deniedLine, droppedLine, ignoredLine, unclaimedLine } from './told-lines.js';

/** Tells observers and the log. Never throws: what an observer does is not the request's fault. */
export interface Observer {
  /** Tells whether anybody is to be told of a decision: who asks first, keeps nothing for nobody. */
  hears(outcome: Outcome): boolean;
  /** A decision was made. */
  decided(outcome: Outcome, about?: About): void;
  /** A policy denied what was decided. */
  denied(decision: Authenticated, explain: () => Denied, about?: About): void;
  /** A request of the proxy's was answered with 401. */
  unclaimed(unclaimed: Unclaimed, about?: About): void;
  /** A login followed a decision. The log of the login has its own lines. */
  loggedIn(decision: Decision, login: LoginOutcome, about?: About): void;
}

/** A request of the proxy's that named nobody. */
export interface Unclaimed {
  readonly decision: Decision;
  readonly peer: string;
  readonly userHeader: string;
  /** The header of the proof that was to come with it (V2), if that is what a person's request has. */
  readonly proof?: string | undefined;
  /** Somebody was named as another profile does. */
  readonly other?: Field | undefined;
}

/** Compiles `onDecision`, `log` and `logUsers` into one observer (D3). */
export function createObserver({
  onDecision,
  log = (line) => console.warn(line),
  logUsers = false,
}: AuthenticatorOptions): Observer {
  const write = log === false ? undefined : createLog(log);

  return {
    hears,
    // Words that fail must not decide, whosever fault it is: a request goes on as it was decided.
    decided(outcome, about) {
      if (hears(outcome)) quietly(() => decided(outcome, about));
    },
    denied: (decision, explain, about) => quietly(() => denied(decision, explain, about)),
    unclaimed: (of, about) => quietly(() => unclaimed(of, about)),
    loggedIn: (decision, login, about) => quietly(() => loggedIn(decision, login, about)),
  };

  function hears(outcome: Outcome): boolean {
    return isHeard() || (write !== undefined && isNews(outcome));
  }

  function isHeard(): boolean {
    return onDecision !== undefined || isChannelHeard();
  }

  function decided(outcome: Outcome, about?: About): void {
    const { userText, source: _, ...told } = outcome;
    const { decision, warnings, ignored } = told;
    const event = tell(told, about);
    if (!write || !isNews(outcome)) return;
    if (decision.kind === 'refused') {
      const user = userText === undefined ? '' : ` (user ${showUser(userText)})`;
      write(refusalKey(decision) + user, refusalLine(decision) + user, event);
    }
    if (ignored) write(refusalKey(ignored), ignoredLine(ignored), event);
    if (decision.kind !== 'authenticated') return;
    const peer = nameOf(decision.source);
    for (const warning of warnings) {
      const { code, header, detail } = warning;
      write(keyOf(code, peer, header, detail), droppedLine(peer, warning), event);
    }
  }

  /** Gives what observers have been told. */
  function tell(told: Told, about: About | undefined, reason?: EventReason): DecisionEvent {
    const event = eventOf(told, about, reason);
    if (onDecision) quietly(() => onDecision(event));
    tellChannel(event);
    return event;
  }

  function denied(decision: Authenticated, explain: () => Denied, about?: About): void {
    if (!write && !isHeard()) return;
    const denial = Object.freeze(explain());
    const event = tell({ decision, warnings: NO_WARNINGS, denied: denial }, about);
    const peer = nameOf(decision.source);
    const user = logUsers ? showUser(decision.identity.user) : undefined;
    const line = deniedLine(peer, denial, user);
    write?.(keyOf(denial.reason, peer, user, denial.detail), line, event);
  }

  function unclaimed(of: Unclaimed, about?: About): void {
    if (!write) return;
    const { decision, peer, userHeader, proof, other } = of;
    const looksLike = other && { looksLike: other.key };
    const told = { decision, warnings: NO_WARNINGS, ...looksLike };
    const event = eventOf(told, about, 'authentication-required');
    write(keyOf('unclaimed', peer, proof ?? userHeader, other?.key), unclaimedLine(of), event);
  }

  function loggedIn(decision: Decision, login: LoginOutcome, about?: About): void {
    if (!isHeard()) return;
    const reason = login === 'unavailable' ? 'user-unavailable' : undefined;
    tell({ decision, warnings: NO_WARNINGS, login }, about, reason);
  }
}

/** Who is signed in or is nobody, and nothing odd about it, is nothing for the log. */
function isNews({ decision, warnings, ignored }: Outcome): boolean {
  return decision.kind === 'refused' || warnings.length > 0 || ignored !== undefined;
}

/** Writes a line unless one with the same key has been written in the last minute. */
type Write = (key: string, line: string, event: DecisionEvent) => void;

function createLog(log: (line: string, event: DecisionEvent) => unknown): Write {
  const limiter = createLineLimiter();

  return (key, line, event) => {
    const suppressed = limiter.admit(key)?.suppressed;
    if (suppressed === undefined) return;
    const more = suppressed > 0 ? ` (and ${suppressed} more since the last such line)` : '';
    quietly(() => log(`trusted-header: ${line}${more}`, event));
  };
}

/** What is broken in one way must not hide the line about what is broken in another. */
function keyOf(what: string, peer?: string, header?: string, detail?: string): string {
  return `${what} ${peer} ${header} ${detail}`;
}

function refusalKey({ reason, peer, header, detail }: Refused): string {
  return keyOf(reason, peer, header, detail);
}

/** Names a source as its entry in the list of trusted proxies does. */
function nameOf(source: TrustedSource): string {
  return source.kind === 'unix' ? `unix:${source.path}` : source.address;
}
