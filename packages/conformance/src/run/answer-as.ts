import { setTimeout as wait } from 'node:timers/promises';
import type { RefusalError } from '@trusted-header/core';
import type { AnsweredAs } from '../case.js';

/** Answers with a status and a text, as the framework does. */
type Respond = (status: number, body: string) => unknown;

/**
 * Does what a case wants an application's `onRefusal` to do: `answers` with the refusal's status and, as JSON, `{ answered: refusal }`;
 * does the same later; fails; or does nothing.
 *
 * @returns What `onRefusal` is to give. Some of it, no type would allow.
 */
// biome-ignore lint/suspicious/noExplicitAny: what JavaScript lets an application do.
export function answerAs(as: AnsweredAs, refusal: RefusalError, respond: Respond): any {
  switch (as) {
    case 'answers':
      return respond(refusal.status, JSON.stringify({ answered: refusal }));
    case 'answers-later':
      return wait(20).then(() => answerAs('answers', refusal, respond));
    case 'throws':
      throw new Error('the application fails at 127.0.0.1');
    case 'rejects':
      return Promise.reject(new Error('the application fails at 127.0.0.1'));
    case 'tells-nothing':
      return Promise.resolve();
  }
}
