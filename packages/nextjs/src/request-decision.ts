import type { Decision } from '@trusted-header/core';

/** Nothing of ours has seen the request, so that nothing is known of who is asking: never an identity (N3). */
export interface Undecided {
  readonly kind: 'undecided';
  readonly reason: UndecidedReason;
}

/**
 * - `not-registered`: `registerTrustedHeader` has not been called in this process.
 * - `not-seen`: the request came before that, is over, or its headers were replaced on the way.
 * - `edge-runtime`: the Edge runtime knows no connections.
 */
export type UndecidedReason = 'not-registered' | 'not-seen' | 'edge-runtime';

/** Who is asking, or that nobody has decided it. */
export type RequestDecision = Decision | Undecided;

/** Says what to do about it, to the operator. */
export function explainUndecided(reason: UndecidedReason): string {
  switch (reason) {
    case 'not-registered':
      return 'nobody has decided who is asking: call registerTrustedHeader() in register() of instrumentation.ts';
    case 'not-seen':
      return (
        'nobody has decided who is asking: the request came before register() had run (start Node with ' +
        '--import @trusted-header/nextjs/preload), is over, or something has replaced its headers'
      );
    case 'edge-runtime':
      return (
        "the Edge runtime does not tell who connects: take out `export const runtime = 'edge'`; in middleware.ts " +
        "of Next 15 write `export const config = { runtime: 'nodejs' }`"
      );
  }
}
