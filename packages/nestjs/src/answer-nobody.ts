import type { HttpServer } from '@nestjs/common';
import { refusalOf } from '@trusted-header/core';
import { propertyOf } from '@trusted-header/node';
import { keptMode } from './anonymous-modes.js';
import { decisionOf, holderOf } from './decision-of.js';
import { type SubjectRequest, type SubjectResponse, sendRefusal } from './send-refusal.js';

/** Nest's own answer to a request for which there is no handler, or which went wrong before one was found. */
// biome-ignore lint/suspicious/noExplicitAny: the platforms' requests and responses have nothing in common.
type Answer = (...args: any[]) => unknown;

/**
 * Answers nobody with 401 where no guard was asked: where there is nothing, which is not theirs to know, and where their body
 * could not be parsed, which Nest does before guards.
 *
 * Changes how the adapter is told what to do then, which comes after the modules: the application's own filters stay
 * what they are for everybody else.
 */
export function answerNobody(httpAdapter: HttpServer): void {
  wrap(httpAdapter, 'setNotFoundHandler', (answer) => (...args) => {
    const [request, response] = args;
    return isNobody(request) ? refuse(request, response) : answer(...args);
  });
  // Express tells a handler of errors by its four parameters.
  wrap(httpAdapter, 'setErrorHandler', (answer) => (error, request, response, next) => {
    const isTheirs = isNobody(request) && isClientError(error);
    return isTheirs ? refuse(request, response) : answer(error, request, response, next);
  });
}

function wrap(holder: object, name: string, around: (answer: Answer) => Answer): void {
  const set: unknown = Reflect.get(holder, name);
  if (typeof set !== 'function') return;
  Reflect.set(holder, name, (answer: Answer, ...rest: unknown[]) =>
    Reflect.apply(set, holder, [around(answer), ...rest]),
  );
}

function isNobody(request: unknown): boolean {
  return decisionOf(request)?.kind === 'anonymous' && keptMode(request) === 'refuse';
}

function refuse(request: SubjectRequest, response: SubjectResponse): void {
  const decision = decisionOf(request);
  const refusal = decision && refusalOf(decision, 'refuse', holderOf(request));
  if (refusal) sendRefusal(refusal, request, response);
}

/** An error of the client's: what Nest itself would answer with 400 to 499. A failure of the server's is for its log. */
function isClientError(error: unknown): boolean {
  const status = propertyOf(error, 'statusCode') ?? propertyOf(error, 'status');
  return typeof status === 'number' && status >= 400 && status < 500;
}
