import type { Authenticated, Decision, Refused, TrustedSource } from '../decision.js';
import type { Field } from '../headers/field.js';
import type { AuthenticatorOptions } from './authenticator.js';
import type { DecisionEvent, Denied } from './decision-event.js';
import { createLineLimiter } from './line-limiter.js';
import { NO_WARNINGS, type Outcome } from './outcome.js';
import { refusalLine } from './refusal-line.js';
import { showUser } from './show-user.js';
import { deniedLine, droppedLine, ignoredLine, unclaimedLine } from './told-lines.js';

/** Tells observers and the log. Never throws: what an observer does is not the request's fault. */
export interface Observer {
  /** A decision was made. */
  decided(outcome: Outcome): void;
  /** A policy denied what was decided. */
  denied(decision: Authenticated, explain: () => Denied): void;
  /** A request of the proxy's was answered with 401. */
  unclaimed(decision: Decision, peer: string, userHeader: string, other?: Field): void;
}

/** Compiles `onDecision`, `log` and `logUsers` into one observer (D3). */
export function createObserver({
  onDecision,
  log = (line) => console.warn(line),
  logUsers = false,
}: AuthenticatorOptions): Observer {
  const write = log === false ? undefined : createLog(log);

  return { decided, denied, unclaimed };

  function decided(outcome: Outcome): void {
    const { decision, warnings, ignored } = outcome;
    const isNews = decision.kind === 'refused' || warnings.length > 0 || ignored !== undefined;
    if (!onDecision && !(write && isNews)) return;
    const { userText, ...told } = outcome;
    const event = eventOf(told);
    quietly(() => onDecision?.(event));
    if (!write || !isNews) return;
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

  function denied(decision: Authenticated, explain: () => Denied): void {
    if (!onDecision && !write) return;
    const denial = Object.freeze(explain());
    const event = eventOf({ decision, warnings: NO_WARNINGS, denied: denial });
    quietly(() => onDecision?.(event));
    const peer = nameOf(decision.source);
    const user = logUsers ? showUser(decision.identity.user) : undefined;
    const line = deniedLine(peer, denial, user);
    write?.(keyOf(denial.reason, peer, user, denial.detail), line, event);
  }

  function unclaimed(decision: Decision, peer: string, userHeader: string, other?: Field): void {
    const looksLike = other && { looksLike: other.key };
    const event = eventOf({ decision, warnings: NO_WARNINGS, ...looksLike });
    const line = unclaimedLine(peer, userHeader, other);
    write?.(keyOf('unclaimed', peer, userHeader, other?.key), line, event);
  }
}

/** Both observers are told the same event, and requests may share what is in it: nobody may change it. */
function eventOf(event: DecisionEvent): DecisionEvent {
  Object.freeze(event.warnings);
  return Object.freeze(event);
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

/** Calls something of the application's. One that fails must not decide: the request goes on as it was decided. */
export function quietly(tell: () => unknown): void {
  try {
    const told = tell();
    if (Object(told) === told) void settle(told);
  } catch {
    // It threw.
  }
}

/** Waits for what an observer gave, if it is a promise: one that rejects with nobody listening ends a Node process. */
async function settle(told: unknown): Promise<void> {
  try {
    await told;
  } catch {
    // It rejected, or threw when it was asked.
  }
}
