import type { Explanation } from '@trusted-header/cli';
import { block, code, escapeText, type Page, page, table } from './page.js';

const KINDS: Readonly<Record<Explanation['kind'], string>> = {
  refusal: 'Refused: the claim is not believed',
  denial: 'Denied: a user who may not',
  answer: 'There is no user',
  warning: 'Warnings: something was left out, and the login went on',
  configuration: 'The application does not start',
  audit: 'Audit: legal, and unwise',
  probe: 'Probe: tried from outside',
};

/** A page for each code, and one with all of them. */
export function codePages(explanations: readonly Explanation[]): Page[] {
  return [index(explanations), ...explanations.map(codePage)];
}

function index(explanations: readonly Explanation[]): Page {
  const kinds = Object.entries(KINDS).filter(([kind]) =>
    explanations.some((one) => one.kind === kind),
  );
  return page(
    'codes/index.md',
    {
      title: 'Codes',
      description:
        'Every code of an answer, a log line, a start, an audit or a probe: what it means and what mends it.',
    },
    'The same at your command line: `npx @trusted-header/cli explain peer-untrusted`.',
    ...kinds.map(([kind, title]) =>
      [
        `## ${escapeText(title)}`,
        table(
          ['code', 'what it means'],
          explanations
            .filter((one) => one.kind === kind)
            .map((one) => [`[${code(one.code)}](/codes/${one.code})`, escapeText(one.means)]),
        ),
      ].join('\n\n'),
    ),
  );
}

function codePage({ code: name, kind, status, log = [], means, causes }: Explanation): Page {
  return page(
    `codes/${name}.md`,
    { title: name, description: means },
    escapeText(means),
    table(
      ['kind', 'what the client gets'],
      [[escapeText(KINDS[kind]), status === undefined ? 'nothing of it' : `status ${status}`]],
    ),
    ...(log.length > 0 ? [`In the log: ${log.map((part) => code(`… ${part} …`)).join(', ')}`] : []),
    '## Why it happens, and what mends it',
    ...causes.map(({ when, mend, lines = [] }) =>
      [
        `**${escapeText(when)}**`,
        escapeText(mend),
        ...lines.map(
          ({ where, text }) =>
            `${escapeText(where)}:\n\n${block(languageOf(where), text.join('\n'))}`,
        ),
      ].join('\n\n'),
    ),
  );
}

function languageOf(where: string): string {
  if (where === 'shell') return 'sh';
  if (where === 'nginx') return 'nginx';
  if (/\.ya?ml$/.test(where)) return 'yaml';
  return /\.ts$|application/.test(where) ? 'ts' : 'txt';
}
