import { noticeOf, type Refusal, type RefusalNotice } from '@trusted-header/core';
import type { Context } from 'hono';
import { sendProblem } from './send-problem.js';

/** Answers a refused request. Where it gives no response within five seconds, the problem goes out. */
export type HonoAnswerer = (
  refusal: RefusalNotice,
  c: Context,
) => Response | undefined | Promise<Response | undefined>;

const PATIENCE_MS = 5_000;

/** Lets the application answer a refused request; nothing behind the adapter runs, whatever it does (D6). */
export async function answerRefusal(
  c: Context,
  refusal: Refusal,
  ask: HonoAnswerer | undefined,
): Promise<Response> {
  const answer = ask && (await askInTime(() => ask(noticeOf(refusal), c)));
  return answer instanceof Response ? answer : sendProblem(c, refusal);
}

async function askInTime(ask: () => unknown): Promise<unknown> {
  let deadline: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<undefined>((over) => {
    deadline = setTimeout(() => over(undefined), PATIENCE_MS);
  });
  try {
    return await Promise.race([ask(), patience]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(deadline);
  }
}
