import type { Refusal } from '@trusted-header/core';
import type { NodeRequest, NodeResponse } from './node-request.js';
import { sendProblem } from './send-problem.js';

/** How long an application may take to answer a refusal by itself. */
const PATIENCE_MS = 2_000;

/** What the application's `onRefusal` may do beside answering. */
export interface Asked {
  /** Has the problem sent now, unless an answer has begun. */
  giveUp(): void;
  /** Leaves the answer to somebody else, who does answer. False once it is too late. */
  handOver(): boolean;
}

/** A refusal that the application may answer by itself. */
export interface Answering {
  readonly response: NodeResponse;
  /** Asks the application. What it gives says nothing but `false`, which answers nothing: many an answer begins later, as `res.render()` does. */
  ask(asked: Asked): unknown;
  /** Sends the problem. */
  send(): void;
  /** Tells whether an answer has begun. Default: the headers are sent, or the response is ended. */
  isAnswered?(): boolean;
  /** Where the application's own failure is told. Default `console.error`. */
  log?(message: string, error?: unknown): void;
}

/**
 * Lets the application answer a refusal. Where it throws, rejects, gives `false`, or has not begun to answer in two seconds,
 * the problem goes out (D6). Nothing that it does lets the request through: there is nothing here that goes on.
 */
export function letAnswer({
  response,
  ask,
  send,
  isAnswered = () => response.headersSent || response.writableEnded,
  log = (message, error) => console.error(message, ...(error === undefined ? [] : [error])),
}: Answering): void {
  let isOver = false;
  const deadline = setTimeout(() => isAnswered() || fail(SILENT), PATIENCE_MS);
  // An answer that nobody waits for must not keep a process.
  deadline.unref();
  response.once('close', close);
  void askSafely();

  async function askSafely(): Promise<void> {
    try {
      if ((await ask({ giveUp, handOver: close })) === false) giveUp();
    } catch (error) {
      fail(FAILED, error);
    }
  }

  function fail(message: string, error?: unknown): void {
    log(message, error);
    giveUp();
  }

  function giveUp(): void {
    if (close() && !isAnswered()) send();
  }

  function close(): boolean {
    if (isOver) return false;
    isOver = true;
    clearTimeout(deadline);
    response.off('close', close);
    return true;
  }
}

const FAILED = 'trusted-header: onRefusal failed:';
const SILENT =
  'trusted-header: onRefusal has not answered in two seconds, and the problem was sent';

/**
 * Sends the problem for good: a template that is ready too late would throw in a callback, where nobody catches it, and end the
 * process.
 */
export function sendLastProblem(req: NodeRequest, response: NodeResponse, refusal: Refusal): void {
  sendProblem(req, response, refusal);
  // What wraps the response, to save a session or to compress, may send it later.
  if (response.headersSent) ignoreAnswers(response);
  else response.once('finish', () => ignoreAnswers(response));
}

function ignoreAnswers(response: NodeResponse): void {
  for (const name of ANSWERING) {
    Object.defineProperty(response, name, {
      value: () => response,
      configurable: true,
      writable: true,
    });
  }
}

/** What of a response throws once it has been sent, or writes. */
const ANSWERING = [
  'setHeader',
  'setHeaders',
  'appendHeader',
  'removeHeader',
  'writeHead',
  'write',
  'end',
];
