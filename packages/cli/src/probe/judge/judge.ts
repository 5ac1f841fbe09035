import { aboutWhich } from '../mark.js';
import type { Trial } from '../plan.js';
import { readReport } from '../read-report.js';
import { type Answer, type Exchange, valuesOf } from '../wire/exchange.js';
import type { Control } from './control.js';
import { judgeAnswer } from './judge-answer.js';
import { judgeReport } from './judge-report.js';
import { type Judgement, safe, unknown } from './verdict.js';

/** The same claim by GET, on the same path from the same side, which HEAD is compared with. */
export interface Twin {
  readonly answer: Answer;
  readonly judgement: Judgement;
}

/** Judges what came of one request. */
export function judge(
  { spot: { vantage, path }, planted, request, probeCase }: Trial,
  exchange: Exchange,
  control: Control,
  twin: Twin | undefined,
  mark: string,
): Judgement {
  switch (exchange.kind) {
    case 'answer': {
      const reading = readReport(exchange);
      if (reading.kind === 'report') {
        const about = aboutWhich(reading.report, mark);
        if (about === 'another' || (about === 'hidden' && control.isMarked)) return unknown(STALE);
        // Written otherwise, a path may be one where the proxy names whoever has the session.
        const isElsewhere = request.target !== path && hasSession(request);
        return judgeReport(vantage, planted, reading.report, control, isElsewhere);
      }
      if (reading.kind === 'reached') return judgeHead(exchange, twin);
      return judgeAnswer(planted, exchange, control);
    }
    case 'unsupported':
      return ifMet(
        control,
        request.before
          ? 'the connection is closed after one answer'
          : `${PROTOCOLS[request.protocol]} is not spoken here`,
      );
    case 'closed':
      // Agreed upon, and then of no use to us, which it may be to others. Odd names may well be refused so.
      if (probeCase.id === 'TH-P-H2') {
        return unknown('HTTP/2 was agreed upon, and the connection closed without an answer');
      }
      return ifMet(control, 'the connection was closed without an answer');
    case 'garbled':
      return unknown('what came is no answer that can be read');
    case 'silent':
      return unknown('no answer in time');
    case 'unreachable':
    case 'tls':
      return unknown(`no connection (${exchange.code})`);
  }
}

const STALE =
  'the receiver’s answer is about another request: something in between keeps answers, or mixes them up';

function hasSession({ lines }: Trial['request']): boolean {
  return lines.some((line) => line.startsWith('Cookie: '));
}

/** Only where the receiver answers a plain request is no answer of its a good sign. */
function ifMet({ report }: Control, says: string): Judgement {
  return report ? safe(says) : unknown(says);
}

const PROTOCOLS = { '1.0': 'HTTP/1.0', '1.1': 'HTTP/1.1', h2: 'HTTP/2', h2c: 'h2c' } as const;

/** An answer to HEAD has no report in it, and yet the length of the one that GET would get. */
function judgeHead(answer: Answer, twin: Twin | undefined): Judgement {
  if (twin !== undefined && Math.abs(lengthOf(answer) - lengthOf(twin.answer)) < A_LINE) {
    return { ...twin.judgement, says: `answered like GET: ${twin.judgement.says}` };
  }
  return unknown('the receiver was reached, and an answer to HEAD has no report in it');
}

/** Fewer bytes than a line of the report has. A proxy may add a line of its own to GET, and a number have a digit more. */
const A_LINE = 16;

/** `NaN` where the answer does not say, which is near nothing. */
function lengthOf(answer: Answer): number {
  const [length] = valuesOf(answer, 'content-length');
  return Number(length ?? Number.NaN);
}
