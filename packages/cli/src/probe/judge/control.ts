import type { ProbeCaseId } from '../case-id.js';
import { aboutWhich, isMarked } from '../mark.js';
import type { Spot } from '../plan.js';
import { type Reading, type ReceiverReport, readReport } from '../read-report.js';
import type { Answer, Exchange } from '../wire/exchange.js';
import { type Judgement, leak, safe } from './verdict.js';
import { isSignIn, listed } from './words.js';

/** What a request that claims nothing was answered, on one path from one side. */
export interface Control {
  readonly exchange: Exchange;
  readonly report?: ReceiverReport | undefined;
  /** The answer to the same request once more, where there is no receiver: what differs by itself proves nothing. */
  readonly again?: Exchange | undefined;
  /** The report was about another request. */
  readonly isStale?: boolean | undefined;
}

/** Reads the answer to a control request, which bore that mark. */
export function controlFrom(exchange: Exchange, mark: string, again?: Exchange): Control {
  const reading: Reading = exchange.kind === 'answer' ? readReport(exchange) : { kind: 'other' };
  if (reading.kind !== 'report') return { exchange, again };
  if (aboutWhich(reading.report, mark) === 'another') return { exchange, again, isStale: true };
  return { exchange, again, report: reading.report };
}

/** Says what a control request has shown. */
export function describeControl({ exchange, report, isStale }: Control): string {
  if (isStale) return 'the receiver’s answer is about another request: something keeps answers';
  if (report) {
    const own = report.lines.filter(
      ({ name, canary }) => name.toLowerCase() !== 'connection' && !isMarked(canary),
    );
    const sends = own.map(({ name, position }) => `${name} (line ${position})`);
    return own.length === 0
      ? 'the receiver answers; no identity header comes along by itself'
      : `the receiver answers; by itself the proxy sends ${listed(sends)}`;
  }
  if (exchange.kind === 'answer') return describeAnswer(exchange);
  if (exchange.kind === 'closed') return 'the connection was closed without an answer';
  if (exchange.kind === 'garbled') return 'what came is no answer that can be read';
  if (exchange.kind === 'silent') return 'no answer in time';
  if (exchange.kind === 'unsupported') return 'HTTP/1.1 is not spoken';
  return `no connection (${exchange.code})`;
}

function describeAnswer(answer: Answer): string {
  return isSignIn(answer)
    ? `asks to sign in (${answer.status})`
    : `answers ${answer.status}, and it is not the receiver`;
}

/** What the control request shows by itself: whether the peer and what it sends are believed, and what it did not fill in. */
export function judgeControl(
  { vantage }: Spot,
  { report }: Control,
): readonly { readonly id: ProbeCaseId; readonly judgement: Judgement }[] {
  if (report === undefined) return [];
  return [
    {
      id: 'TH-P-PEER',
      judgement: vantage === 'direct' ? judgeStranger(report) : judgePeer(report),
    },
    ...(vantage === 'direct'
      ? []
      : [{ id: 'TH-P-PLACEHOLDER', judgement: judgePlaceholders(report) } as const]),
  ];
}

function judgePeer({ decision, lines }: ReceiverReport): Judgement {
  if (isTrusted(decision)) {
    // What is not filled in has a case of its own.
    if (decision.kind === 'refused' && !lines.some(({ isPlaceholder }) => isPlaceholder)) {
      return judgeOwnClaim(decision);
    }
    return safe('the application trusts its peer, the proxy');
  }
  const because = decision.reason === undefined ? '' : ` (${decision.reason})`;
  return {
    verdict: 'fault',
    level: 'warning',
    says: `the application does not trust its peer${because}: nobody can sign in through this proxy; add the proxy’s address to TRUSTED_PROXIES`,
    headers: [],
    decision,
  };
}

/** Nothing else may call it a success that no claim at all gets through. */
function judgeOwnClaim(decision: ReceiverReport['decision']): Judgement {
  const { reason = 'refused', header } = decision;
  const what = header === undefined ? reason : `${reason}, ${header}`;
  return {
    verdict: 'fault',
    level: 'warning',
    says: `the application refuses what the proxy sends by itself (${what}): nobody can sign in here`,
    headers: header === undefined ? [] : [header],
    decision,
  };
}

function judgeStranger({ decision }: ReceiverReport): Judgement {
  if (!isTrusted(decision)) return safe('this machine is no trusted proxy');
  return {
    ...leak(
      'error',
      'this machine’s address is among the trusted proxies: whatever it sends is believed',
      [],
    ),
    decision,
  };
}

function judgePlaceholders({ lines }: ReceiverReport): Judgement {
  const left = lines.filter(({ isPlaceholder }) => isPlaceholder).map(({ name }) => name);
  if (left.length === 0) return safe('the proxy leaves no variable unfilled');
  return {
    verdict: 'fault',
    level: 'warning',
    says: `the proxy sends a variable that it did not fill in, in ${listed(left)}`,
    headers: left,
  };
}

/** From an untrusted peer a claim is refused with `peer-…`, and nothing else of it is read. */
export function isTrusted({ kind, reason, trusted }: ReceiverReport['decision']): boolean {
  if (kind === 'authenticated') return true;
  if (kind === 'anonymous') return trusted === true;
  return reason !== undefined && !reason.startsWith('peer-');
}
