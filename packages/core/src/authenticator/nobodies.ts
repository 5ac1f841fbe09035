import type { Anonymous, TrustedSource } from '../decision.js';
import type { Field, FieldKind } from '../headers/field.js';
import type { Observer } from './observer.js';
import { NO_WARNINGS, type Outcome, outcome } from './outcome.js';
import { type Watcher, watch } from './watchers.js';

/** Who comes through the proxy and is nobody, and what there is to tell about them should a guard refuse them (D3). */
export interface Nobodies {
  /** What is anonymous from a source, whose decisions are watched from the first on. */
  from(source: TrustedSource, peer: string): Outcome;
  /** A request that names nobody, and somebody as another profile does: a mistake in the set-up (H15). */
  resembling(other: Field, peer: string): Outcome;
}

/**
 * Compiles what anonymous requests come to. Those from one source share a decision, and cost nothing.
 *
 * @param proof The header of a proof, where somebody would have come with that (V2).
 */
export function createNobodies(
  fields: readonly Field[],
  observer: Observer,
  proof?: string,
): Nobodies {
  // The last one of them, too: sources are few.
  const known = new WeakMap<TrustedSource, Outcome>();
  let lastSource: TrustedSource | undefined;
  let last: Outcome | undefined;
  const userHeader = headersOf('user');
  const groupsHeader = headersOf('groups') || undefined;

  return { from, resembling };

  function from(source: TrustedSource, peer: string): Outcome {
    if (last && source === lastSource) return last;
    lastSource = source;
    last = known.get(source) ?? meet(source, peer);
    return last;
  }

  function meet(source: TrustedSource, peer: string): Outcome {
    const nobody = outcome(Object.freeze<Anonymous>({ kind: 'anonymous', trusted: true }));
    known.set(source, nobody);
    watch(source, watcherFor(peer));
    watch(nobody.decision, watcherFor(peer));
    return nobody;
  }

  function resembling(other: Field, peer: string): Outcome {
    const decision: Anonymous = Object.freeze({ kind: 'anonymous', trusted: true });
    watch(decision, watcherFor(peer, other));
    return { decision, warnings: NO_WARNINGS, looksLike: other.key };
  }

  function watcherFor(peer: string, other?: Field): Watcher {
    return {
      groupsHeader,
      denied: observer.denied,
      unclaimed: (decision, about) =>
        observer.unclaimed({ decision, peer, userHeader, proof, other }, about),
    };
  }

  function headersOf(wanted: FieldKind): string {
    return fields.flatMap(({ kind, header }) => (kind === wanted ? header : [])).join(' or ');
  }
}
