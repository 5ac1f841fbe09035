import { type Decision, type Identity, problemOf, refusalOf } from '@trusted-header/core';
import type { Verified } from './verify.js';

/** What Passport puts on a strategy for one request. */
export interface Actions {
  readonly success: (user: object, info?: object) => void;
  readonly fail: (challenge?: unknown, status?: number) => void;
  readonly redirect: (url: string, status?: number) => void;
  readonly pass: () => void;
  readonly error: (error: unknown) => void;
}

/** What is to be answered, once the session is as it should be. */
export type Answer = (actions: Actions) => void;

/** The request goes on as it is. */
export const passed: Answer = (actions) => actions.pass();

/** Says what `verify` said: 401 where it knows nobody of that name, as strategies do. */
export function answerOf<User extends object>({ user, info }: Verified<User>): Answer {
  return user ? (actions) => actions.success(user, info) : (actions) => actions.fail(info);
}

/** Says what keeps somebody out: 401 for nobody, 403 for a claim that is not believed. */
export function failed(decision: Decision): Answer {
  const refusal = refusalOf(decision, 'refuse');
  if (!refusal) return (actions) => actions.fail();
  const { title, code, status } = problemOf(refusal);
  return (actions) => actions.fail({ message: title, code }, status);
}

/** Gives whom a decision names, if it names somebody. */
export function identityIn(decision: Decision): Identity | undefined {
  return decision.kind === 'authenticated' ? decision.identity : undefined;
}
