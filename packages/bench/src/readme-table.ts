import type { Results, TrustRow } from './results.js';

/** The few figures for the README of the repository, out of a whole run. */
export function readmeTable({ machine, trust, decision, frameworks }: Results): string {
  const check = (name: string, prefixes: number, peers: TrustRow['peers']): number =>
    trust?.rows.find((row) => row.name === name && row.prefixes === prefixes && row.peers === peers)
      ?.ns ?? Number.NaN;
  const judge = (name: string): number =>
    decision?.find((row) => row.name === name)?.ns ?? Number.NaN;
  const ours = '@trusted-header/core';
  const whole = judge('trusted-header, authenticated');
  return [
    '| | trusted-header | proxy-addr, or by hand with it | |',
    '| --- | ---: | ---: | ---: |',
    row(
      'is this peer the proxy? one address, the same peer again',
      check(ours, 1, 'repeated hit'),
      check('proxy-addr', 1, 'repeated hit'),
    ),
    row(
      'another peer each time, 1 000 blocks',
      check(ours, 1_000, 'random hit'),
      check('proxy-addr', 1_000, 'random hit'),
    ),
    row(
      'who is this? 20 header lines, another user each time',
      whole,
      judge('by hand with proxy-addr'),
    ),
    '',
    `Nanoseconds on Node ${machine.node}, ${machine.cpu}. Of a whole request's processor time that is ${shareOf(frameworks ?? [])}.`,
    '[All figures](packages/bench/results/README.md), with ten other libraries, their wrong answers, and sizes; `pnpm bench` measures.',
  ].join('\n');
}

function row(what: string, ours: number, theirs: number): string {
  const ratio = theirs / ours;
  const times = ratio < 10 ? ratio.toFixed(1) : Math.round(ratio).toLocaleString('en');
  return `| ${what} | ${format(ours)} | ${format(theirs)} | ×${times} |`;
}

function format(ns: number): string {
  return ns < 100 ? ns.toFixed(1) : Math.round(ns).toLocaleString('en');
}

/** `1–4 % more than a middleware that does nothing`, over all frameworks. */
function shareOf(rows: NonNullable<Results['frameworks']>): string {
  const times = [...new Set(rows.map(({ framework }) => framework))].map((framework) => {
    const of = (variant: string): number =>
      rows.find((one) => one.framework === framework && one.variant === variant)?.us ?? Number.NaN;
    return of('trusted-header') / of('bare') - 1;
  });
  const percent = (value: number): string => `${Math.round(value * 100)}`;
  return `${percent(Math.min(...times))} to ${percent(Math.max(...times))} % on top of a server that answers with a few bytes`;
}
