import { PROBE_HEADER } from '@trusted-header/core/probe';
import { isRecord } from '../json.js';
import { canariesIn } from './canary.js';
import { type Answer, valuesOf } from './wire/exchange.js';

/** What a header line in front of the application is: its name, and nothing of its value but what the probe has sent. */
export interface ReportLine {
  readonly name: string;
  readonly position: number;
  readonly canary?: string | undefined;
  readonly isPlaceholder: boolean;
  /** Of a `Connection` line: those of its tokens that name an identity header. */
  readonly tokens: readonly string[];
}

/** What the receiver in the application says about a request. */
export interface ReceiverReport {
  readonly adapter: string;
  readonly httpVersion: string;
  readonly decision: {
    readonly kind: string;
    readonly trusted?: boolean | undefined;
    readonly reason?: string | undefined;
    readonly header?: string | undefined;
    readonly detail?: string | undefined;
  };
  /** The parts of the identity (`user`, `groups` …) that hold a canary, with the canaries. */
  readonly believed: readonly { readonly part: string; readonly canary: string }[];
  readonly reads: readonly string[];
  readonly lines: readonly ReportLine[];
  readonly trailers: readonly ReportLine[];
  readonly count: number;
}

/** What an answer is to the probe. */
export type Reading =
  | { readonly kind: 'report'; readonly report: ReceiverReport }
  /** The receiver has answered, and HEAD has no body to say more. */
  | { readonly kind: 'reached' }
  | { readonly kind: 'other' };

/** Reads the receiver's report. Whatever else answers is `other`; what it says is taken for text and no more. */
export function readReport(answer: Answer): Reading {
  const [version] = valuesOf(answer, PROBE_HEADER.toLowerCase());
  if (version === undefined || !/^1(?:$|[;, ])/.test(version)) return { kind: 'other' };
  if (answer.body === '') return { kind: 'reached' };
  const report = reportFrom(answer.body);
  return report ? { kind: 'report', report } : { kind: 'other' };
}

function reportFrom(body: string): ReceiverReport | undefined {
  const data = parse(body);
  if (!isRecord(data) || data['receiver'] !== 1 || !isRecord(data['decision'])) return undefined;
  const { decision, identity, lines, trailers, reads, count } = data;
  return {
    adapter: word(data['adapter']) ?? 'unknown',
    httpVersion: word(data['httpVersion']) ?? 'unknown',
    decision: {
      kind: word(decision['kind']) ?? 'unknown',
      reason: word(decision['reason']),
      header: word(decision['header']),
      detail: sentence(decision['detail']),
      ...(typeof decision['trusted'] === 'boolean' && { trusted: decision['trusted'] }),
    },
    believed: isRecord(identity) ? believedIn(identity) : [],
    reads: Array.isArray(reads) ? reads.flatMap((one) => word(one) ?? []).filter(isReadable) : [],
    lines: linesFrom(lines),
    trailers: linesFrom(trailers),
    count: typeof count === 'number' ? count : 0,
  };
}

function believedIn(identity: Readonly<Record<string, unknown>>): ReceiverReport['believed'] {
  return Object.entries(identity).flatMap(([part, value]) =>
    textsIn(value)
      .flatMap(canariesIn)
      .map((canary) => ({ part: word(part) ?? '?', canary })),
  );
}

/** A text, a list of them, or what a profile reads besides: whatever else is in a part, it is no receiver's. */
function textsIn(part: unknown): readonly string[] {
  const all: readonly unknown[] = isRecord(part) ? Object.values(part) : [part].flat();
  return all.filter((one) => typeof one === 'string');
}

function linesFrom(lines: unknown): readonly ReportLine[] {
  if (!Array.isArray(lines)) return [];
  return lines.filter(isRecord).map((line) => ({
    name: word(line['name']) ?? '?',
    position: typeof line['position'] === 'number' ? line['position'] : 0,
    canary: typeof line['canary'] === 'string' ? canariesIn(line['canary'])[0] : undefined,
    isPlaceholder: line['placeholder'] === true,
    tokens: Array.isArray(line['tokens']) ? line['tokens'].flatMap((one) => word(one) ?? []) : [],
  }));
}

/** What no application reads people from: lines of the connection, and those of the probe itself. */
const NOT_READ =
  /^(?:connection|host|content-length|transfer-encoding|upgrade|te|trailer|keep-alive|proxy-connection|http2-settings|user-agent|accept|expect|range|cookie|trusted-header-probe(?:-mark)?)$/i;

/** A server says which names come into the next requests, in other spellings as well: it must not choose how these are framed. */
function isReadable(name: string): boolean {
  return !NOT_READ.test(name.replace(/[_.]/g, '-'));
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** A name or a code: RFC 9110's token, and short. */
function word(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w!#$%&'*+.^`|~-]{1,80}$/.test(value) ? value : undefined;
}

function sentence(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, 200) : undefined;
}
