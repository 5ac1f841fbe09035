import { HttpException } from '@nestjs/common';
import {
  createSlot,
  isObject,
  problemOf,
  type Refusal,
  type Slot,
  sharedState,
} from '@trusted-header/core';

const made = sharedState<Slot<true>>('exceptions of nestjs', createSlot);

/** Keeps a request from its handler: 401, 403 or 503, with the problem (D2) as its response. */
export class TrustedHeaderException extends HttpException {
  constructor(readonly refusal: Refusal) {
    const problem = problemOf(refusal);
    super(problem, problem.status);
    this.message = `${problem.title}: ${problem.code}`;
    made.set(this, true);
  }

  /** Those of another copy in the process (A8) are caught by the same filters. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: it may be a class that extends this one.
    return this === TrustedHeaderException ? isMade(value) : isMadeBy(this, value);
  }
}

function isMade(value: unknown): boolean {
  return isObject(value) && made.get(value) === true;
}

/** What `instanceof` says by itself: of a class that extends this one. */
function isMadeBy(type: object, value: unknown): boolean {
  return Function.prototype[Symbol.hasInstance].call(type, value);
}
