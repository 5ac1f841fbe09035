import type { ProbeOutcome, ProbeResult } from '@trusted-header/cli/probe';

/** A configuration that was probed, and what came of it. */
export interface Probed {
  readonly id: string;
  readonly what: string;
  readonly result: ProbeResult;
}

const RANKS = ['none', 'note', 'warning', 'error'];

/** Writes what was found behind one program: a row for each case, a column for each configuration. */
export function probeTable(title: string, probed: readonly Probed[]): string {
  const cases = [...new Set(probed.flatMap(({ result }) => result.outcomes.map(({ id }) => id)))];
  const titles = new Map(
    probed.flatMap(({ result }) => result.outcomes.map(({ id, title: is }) => [id, is] as const)),
  );
  return [
    `## ${title}`,
    '',
    ...probed.map(({ id, what }) => `- \`${id}\`: ${what}`),
    '',
    row(['case', 'what is tried', ...probed.map(({ id }) => `\`${id}\``)]),
    row(['---', '---', ...probed.map(() => '---')]),
    ...cases.map((id) =>
      row([`\`${id}\``, titles.get(id) ?? '', ...probed.map(({ result }) => cellOf(id, result))]),
    ),
    '',
  ].join('\n');
}

/** The worst that a case has come to, and where. */
function cellOf(id: string, { outcomes, places }: ProbeResult): string {
  const own = outcomes.filter((one) => one.id === id);
  if (own.length === 0) return 'not tried';
  const worst = Math.max(...own.map(rankOf));
  if (worst === 0) return own.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : '·';
  const where = own.filter((one) => rankOf(one) === worst).map(({ path }) => path);
  const paths = new Set(places.map(({ path }) => path));
  const shown = new Set(where);
  return `**${RANKS[worst]}**${shown.size < paths.size ? ` at ${[...shown].join(', ')}` : ''}`;
}

function rankOf({ level }: ProbeOutcome): number {
  return RANKS.indexOf(level);
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
