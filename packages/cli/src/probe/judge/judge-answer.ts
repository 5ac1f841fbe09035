import { canariesIn } from '../canary.js';
import type { Planted } from '../cases/case.js';
import type { Answer } from '../wire/exchange.js';
import type { Control } from './control.js';
import { type Judgement, leak, safe, unknown } from './verdict.js';
import { isSignIn, listed } from './words.js';

/** Answers by which a proxy refuses a request that it does not like: the application has not seen it. */
const REFUSALS: readonly number[] = [
  400, 403, 405, 408, 411, 413, 414, 417, 421, 426, 431, 494, 501, 505,
];

/** Answers that quote a request which they refuse. */
const QUOTING: readonly number[] = [400, 404, 405, 414, 431, 501, 505];

/** Said of an upgrade that was not switched to: the claim in it may have arrived. */
export const BY_EITHER = 'by the proxy or by the application’s own listener for upgrades';

/** Judges an answer that is not the receiver's, by what the control request was answered. */
export function judgeAnswer(
  planted: readonly Planted[],
  answer: Answer,
  control: Control,
  isUpgrade: boolean,
): Judgement {
  const reflected = judgeReflected(planted, answer);
  if (reflected) return reflected;
  if (answer.status === 101) {
    return leak('error', 'the protocol was switched: what follows passes the proxy unread', []);
  }
  return control.report ? judgeStopped(answer, isUpgrade) : compare(answer, control);
}

function judgeReflected(planted: readonly Planted[], answer: Answer): Judgement | undefined {
  const seen = new Set([
    ...canariesIn(answer.body),
    ...answer.headers.flatMap(([, value]) => canariesIn(value)),
  ]);
  const back = planted.filter(({ canary }) => seen.has(canary));
  if (back.length === 0) return undefined;
  const headers = back.map(({ header }) => header);
  if (QUOTING.includes(answer.status)) {
    return unknown(`the refusal (${answer.status}) quotes what was sent in ${listed(headers)}`);
  }
  const isOwn = back.some(({ kind }) => kind === 'own');
  return leak(
    isOwn ? 'error' : 'warning',
    `the answer (${answer.status}) shows what was sent in ${listed(headers)}`,
    headers,
  );
}

/** Where the receiver answers a plain request, whatever else answers stands in front of it. */
function judgeStopped(answer: Answer, isUpgrade: boolean): Judgement {
  const { status } = answer;
  if (isUpgrade && (status === 401 || REFUSALS.includes(status))) {
    return unknown(`the upgrade was refused with ${status}, ${BY_EITHER}`);
  }
  if (isSignIn(answer)) return safe(`asked to sign in (${status})`);
  if (REFUSALS.includes(status)) return safe(`refused with ${status} before the application`);
  return unknown(`something other than the application’s receiver answered ${status}`);
}

/** Without a receiver there is only the difference to a request that claims nothing; and no difference proves nothing. */
function compare(answer: Answer, { exchange, again }: Control): Judgement {
  if (exchange.kind !== 'answer') {
    return unknown(`answered ${answer.status}, where a plain request got no answer`);
  }
  if (isSignIn(exchange) && exchange.status === answer.status) {
    return unknown(`asked to sign in (${answer.status}) like a plain request`);
  }
  if (exchange.status !== answer.status) {
    return unknown(`answered ${answer.status}, where a plain request got ${exchange.status}`);
  }
  // An answer to HEAD has no text, and one that differs from itself tells nothing.
  const isStable = again?.kind !== 'answer' || again.body === exchange.body;
  return isStable && answer.body !== '' && exchange.body !== answer.body
    ? unknown(`answered ${answer.status} with another text than a plain request`)
    : unknown(`answered ${answer.status} like a plain request`);
}
