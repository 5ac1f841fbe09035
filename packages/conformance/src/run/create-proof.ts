import { setTimeout as wait } from 'node:timers/promises';
import type { Proof, Verdict } from '@trusted-header/core';

/** The proof of cases, and what it was asked about so far. */
export interface CaseProof {
  readonly proof: Proof;
  /** Values of `X-Proof`; `-` for a request without one. */
  readonly asked: readonly string[];
}

/**
 * Makes a proof whose header says what it answers, and after how many milliseconds: `alice-after-20`. The user `failure` makes it
 * reject, `nobody` is nobody, and `root` is in the group `admin`; with `after-0` it answers at once.
 */
export function createProof(): CaseProof {
  const asked: string[] = [];
  return {
    asked,
    proof: {
      name: 'proof of cases',
      headers: ['X-Proof'],
      asks: 'claims',
      prove({ value = '-' }) {
        asked.push(value);
        const [, user, after] = /^([\w-]+)-after-(\d+)$/.exec(value) ?? [];
        if (user === undefined) return { kind: 'refused', reason: 'proof-missing' };
        if (after === '0') return answer(user);
        return wait(Number(after)).then(() => answer(user));
      },
    },
  };
}

function answer(user: string): Verdict {
  switch (user) {
    case 'failure':
      throw new Error('nobody answers at 127.0.0.1');
    case 'nobody':
      return { kind: 'anonymous' };
    case 'root':
      return { kind: 'proven', identity: { user, groups: ['admin'] } };
    default:
      return { kind: 'proven', identity: { user } };
  }
}
