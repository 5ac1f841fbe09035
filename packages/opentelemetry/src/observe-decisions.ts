import { type Counter, type Meter, metrics, trace } from '@opentelemetry/api';
import type { DecisionEvent } from '@trusted-header/core';
import { countedAttributes, spanAttributes } from './attributes.js';
import { compileUser } from './compile-user.js';

/** What a span says of a user who is authenticated. Nothing of anybody else is ever said. */
export type UserOptions =
  /** Nothing: the default. */
  | { readonly user?: 'none' | undefined }
  /** `user.id`, as the proxy has named them: personal data. */
  | { readonly user: 'id' }
  /**
   * `user.hash`: HMAC-SHA-256 under `hashKey`, in hex. The same user is the same hash; without the key nobody can guess who.
   *
   * `hashKey`: at least 32 characters, the same in all processes whose spans are to be compared (`openssl rand -hex 32`).
   */
  | { readonly user: 'hash'; readonly hashKey: string };

/** Options of {@link observeDecisions}. */
export type ObserveOptions = UserOptions & {
  /** Where the counter is made. Default: of the global meter provider, when the first decision comes. */
  readonly meter?: Meter | undefined;
  /** Attributes on the span that is active when a request is decided. Default `true`. */
  readonly spans?: boolean | undefined;
};

/** As libraries name themselves to OpenTelemetry. */
const SCOPE = '@trusted-header/opentelemetry';

/**
 * Gives a function for `onDecision`, or for the diagnostics channel `trusted-header.decision`, that counts decisions and puts attributes
 * on the active span.
 *
 * The counter is `trusted_header.decision`; its attributes are the decision (`trusted_header.decision`: `authenticated`, `anonymous`,
 * `refused`, `denied`), why (`error.type`) and the profile (`trusted_header.profile`): configuration and codes, never anything that a
 * client sends, so that nobody makes as many series as they like.
 *
 * @throws {ConfigError} `option-invalid`: a user or a key that is none.
 *
 * @example
 * ```ts
 * import { subscribe } from 'node:diagnostics_channel';
 * import { observeDecisions } from '@trusted-header/opentelemetry';
 *
 * const observe = observeDecisions();
 * // For one adapter: trustedHeader({ trustedProxies, onDecision: observe }). For all of the process:
 * subscribe('trusted-header.decision', (event) => observe(event));
 * ```
 */
export function observeDecisions(options: ObserveOptions = {}): (event: unknown) => void {
  const { meter, spans = true } = options;
  const userOf = compileUser(options);
  let counter: Counter | undefined;

  return (event) => {
    if (!isDecisionEvent(event)) return;
    // What a login made of a decision is no other decision.
    if (event.login !== undefined) return;
    counter ??= createCounter(meter ?? metrics.getMeter(SCOPE));
    counter.add(1, countedAttributes(event));
    if (spans) trace.getActiveSpan()?.setAttributes({ ...spanAttributes(event), ...userOf(event) });
  };
}

function createCounter(meter: Meter): Counter {
  return meter.createCounter('trusted_header.decision', {
    unit: '{decision}',
    description: 'Decisions about who is asking, and denials of policies',
  });
}

/** A channel hands over whatever somebody publishes on it. */
function isDecisionEvent(event: unknown): event is DecisionEvent {
  return (
    typeof event === 'object' &&
    event !== null &&
    'decision' in event &&
    Object(event.decision) === event.decision
  );
}
