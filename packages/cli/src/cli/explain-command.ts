import { Command } from 'commander';
import { cliError } from '../cli-error.js';
import { explain, explainLogLine } from '../explain/explain.js';
import type { Cause, Explanation, ExplanationKind } from '../explain/explanation.js';
import { explanations } from '../explain/explanations.js';
import { nearCodes } from '../explain/near-codes.js';
import { type Line, type LineIo, linesOf, styled } from './lines.js';

interface Flags {
  readonly json?: true;
}

const HELP = `
Examples:
  $ npx @trusted-header/cli explain
  $ npx @trusted-header/cli explain peer-untrusted
  $ npx @trusted-header/cli explain group-missing --json
  $ npx @trusted-header/cli explain "peer 172.20.0.9 sent identity headers but is not in trustedProxies"

A code is in the answer to a client, in the application's log, in the error of a start, or in what "audit" and "probe" print. A line of the log does as well.`;

/** `npx @trusted-header/cli explain`. */
export function explainCommand(io: LineIo): Command {
  return new Command('explain')
    .description('Say what a code means, why it comes, and what mends it.')
    .argument('[code]', 'peer-untrusted, authentication-required …; without one, all are listed')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .allowExcessArguments(false)
    .action((code: string | undefined, { json }: Flags) => {
      const found = code === undefined ? explanations : find(code);
      if (json) io.print(linesOf(JSON.stringify(found, null, 2)));
      else io.print('code' in found ? describe(found) : list());
    });
}

function find(code: string): Explanation {
  const found = explain(code) ?? explainLogLine(code);
  if (found) return found;
  const near = nearCodes(code);
  const instead = near.length > 0 ? `did you mean ${near.join(', ')}?` : 'explain lists all codes';
  throw cliError(`explain: "${code}" is no code; ${instead}`);
}

const HEADINGS: Readonly<Record<ExplanationKind, string>> = {
  answer: 'There is no user',
  refusal: 'A claim is not believed',
  denial: 'A user may not',
  warning: 'Something was left out, and the login went on',
  configuration: 'The application does not start',
  audit: 'Legal, and unwise (audit)',
  probe: 'Tried from outside (probe)',
};

function list(): Line[] {
  const width = Math.max(...explanations.map(({ code }) => code.length));
  return explanations.flatMap(({ code, kind, means }, i) => [
    ...(kind === explanations[i - 1]?.kind ? [] : headingOf(kind, i === 0)),
    ['  ', styled('bold', code.padEnd(width)), `  ${firstSentence(means)}`],
  ]);
}

function headingOf(kind: ExplanationKind, isFirst: boolean): Line[] {
  return [...(isFirst ? [] : ['']), HEADINGS[kind]];
}

function firstSentence(text: string): string {
  return text.replace(/\. .*$/, '.');
}

function describe({ code, kind, status, log = [], means, causes }: Explanation): Line[] {
  return [
    [styled('bold', code)],
    `  ${means}`,
    [
      '  ',
      styled('dim', HEADINGS[kind]),
      ...(status === undefined ? [] : [styled('dim', `; the client got ${status}`)]),
    ],
    ...log.map((part): Line => ['  ', styled('dim', 'in the log'), ` … ${part} …`]),
    ...causes.flatMap(describeCause),
  ];
}

function describeCause({ when, mend, lines = [] }: Cause): Line[] {
  return [
    '',
    ['  ', styled('dim', 'because'), ` ${when}`],
    ['  ', styled('dim', 'mend   '), ` ${mend}`],
    ...lines.flatMap(({ where, text }): Line[] => [
      ['    ', styled('dim', `${where}:`)],
      ...text.map((line) => `      ${line}`),
    ]),
  ];
}
