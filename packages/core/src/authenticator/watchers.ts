import { sharedState } from '../config/shared-state.js';
import type { Anonymous, Authenticated, Decision } from '../decision.js';
import type { About, Denied } from './decision-event.js';

/**
 * Who is told what guards make of an authenticator's decisions (D3). Guards know no authenticator, and decisions have no
 * room for one that a handler might read.
 */
export interface Watcher {
  /** The header that holds the groups, for messages. */
  readonly groupsHeader: string | undefined;
  /** A policy did not admit an identity. `explain` is asked only where somebody listens. */
  denied(decision: Authenticated, explain: () => Denied, about: About | undefined): void;
  /** A request that came from a proxy was answered with 401. */
  unclaimed(decision: Anonymous, about: About | undefined): void;
}

const watchers = sharedState<WeakMap<object, Watcher>>('watchers', () => new WeakMap());

/**
 * Puts a watcher on what decisions hold anyway and share, so that it costs a request nothing: the source of
 * authenticated ones, and the anonymous one itself.
 */
export function watch(shared: object, watcher: Watcher): void {
  watchers.set(shared, watcher);
}

/** Gives who watches a decision; undefined for one that was made by hand. */
export function watcherOf(decision: Decision): Watcher | undefined {
  if (decision.kind === 'refused') return undefined;
  const shared = decision.kind === 'authenticated' ? decision.source : decision;
  return Object(shared) === shared ? watchers.get(shared) : undefined;
}
