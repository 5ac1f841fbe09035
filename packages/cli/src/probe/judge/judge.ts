import { aboutWhich, MARK_HEADER } from '../mark.js';
import type { Trial } from '../plan.js';
import { readReport } from '../read-report.js';
import { type Answer, type Exchange, valuesOf } from '../wire/exchange.js';
import type { Control } from './control.js';
import { BY_EITHER, judgeAnswer } from './judge-answer.js';
import { judgeReport } from './judge-report.js';
import { type Judgement, safe, unknown } from './verdict.js';

/** The same claim by GET, on the same path from the same side, which HEAD is compared with. */
export interface Twin {
  readonly answer: Answer;
  readonly judgement: Judgement;
}

/** Judges what came of one request. */
export function judge(
  { spot: { vantage, path }, planted, request }: Trial,
  exchange: Exchange,
  control: Control,
  twin: Twin | undefined,
  mark: string,
): Judgement {
  switch (exchange.kind) {
    case 'answer': {
      const reading = readReport(exchange);
      if (reading.kind === 'report') {
        const about = aboutWhich(reading.report, mark, planted);
        if (about !== 'this') return unknown(about === 'another' ? STALE : UNMARKED);
        // Written otherwise, a path may be one where the proxy names whoever has the session.
        const isElsewhere = request.target !== path && hasSession(request);
        return judgeReport(vantage, planted, reading.report, control, isElsewhere);
      }
      if (reading.kind === 'reached') return judgeHead(exchange, twin);
      return judgeAnswer(planted, exchange, control, isUpgrade(request));
    }
    case 'unsupported':
      return ifMet(
        control,
        request.before
          ? 'the connection is closed after one answer'
          : `${PROTOCOLS[request.protocol]} is not spoken here`,
      );
    case 'closed':
      // Agreed upon, and then of no use to us, which it may be to others.
      if (request.protocol === 'h2' || request.protocol === 'h2c') {
        return unknown('HTTP/2 was agreed upon, and the connection closed without an answer');
      }
      if (isUpgrade(request)) return unknown(`${CLOSED}, ${BY_EITHER}`);
      return ifMet(control, CLOSED);
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

const UNMARKED = `the receiver’s answer does not show which request it is about, and may be a kept one: does something on the way delete User-Agent and ${MARK_HEADER}?`;

function hasSession({ lines }: Trial['request']): boolean {
  return lines.some((line) => line.startsWith('Cookie: '));
}

const CLOSED = 'the connection was closed without an answer';

/** Not its receiver but a listener of the application's own may answer, as that of a library for WebSockets does. */
function isUpgrade({ lines }: Trial['request']): boolean {
  return lines.some((line) => line.startsWith('Upgrade: '));
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
