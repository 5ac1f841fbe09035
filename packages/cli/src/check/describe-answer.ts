import type { CheckAnswer } from './check-request.js';
import type { CheckResult } from './explain-request.js';

/** A label and what there is to say under it. */
export type Row = readonly [label: string, text: string];

/** A title, and rows about it. */
export interface Section {
  readonly kind: 'authenticated' | 'anonymous' | 'refused' | 'log';
  readonly title: string;
  /** What is said about the title, behind a colon. */
  readonly says?: string;
  readonly rows: readonly Row[];
}

/** Says in words what was decided and why, for the command line and for the playground of the site. */
export function describeAnswer({ result, read, lines }: CheckAnswer): Section[] {
  return [
    ...lines.map(
      ({ program, says, because, change }): Section => ({
        kind: 'log',
        title: program,
        says,
        rows: [
          ['because', because],
          ['change', change],
        ],
      }),
    ),
    ...(result ? [describe(result, read)] : []),
  ];
}

/** The whole of an answer for programs: what `--json` prints. */
export function answerJson({ result, lines }: CheckAnswer): string {
  return JSON.stringify({ ...result, ...(lines.length > 0 && { lines }) }, null, 2);
}

function describe({ decision, ...result }: CheckResult, read: string | undefined): Section {
  const isRefused = decision.kind === 'refused';
  return {
    kind: decision.kind,
    title: isRefused ? `refused: ${decision.reason}` : decision.kind,
    rows: [
      ...(decision.kind === 'authenticated' ? identityRows(decision.identity) : []),
      ...optional('header', isRefused ? decision.header : undefined),
      ...optional('detail', isRefused ? decision.detail : undefined),
      ...optional('read', read),
      ['rule', result.rule],
      ['because', result.because],
      ...optional('change', result.change === 'nothing' ? undefined : result.change),
      ...optional('client', result.status === undefined ? undefined : `gets ${result.status}`),
      ...optional('log', result.log),
      ...result.warnings.map((text): Row => ['warning', text]),
      ...result.findings.map(
        ({ severity, entry, why, instead }): Row => [
          'audit',
          `${severity}: ${entry} ${why}; ${instead}`,
        ],
      ),
    ],
  };
}

function optional(label: string, text: string | undefined): Row[] {
  return text === undefined ? [] : [[label, text]];
}

function identityRows(identity: object): Row[] {
  return Object.entries(identity).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
}
