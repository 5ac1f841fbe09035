import type { Results, SizeResults, TrustResults, TrustRow } from './results.js';

const OURS = '@trusted-header/core';
const SIGNED_IN = 'trusted-header, session, signIn';

/** Formats results as Markdown. Every ratio is to our own time in the same row of the same run. */
export function formatResults(results: Results): string {
  const { machine, quick, trust, decision, assertion, frameworks, sizes } = results;
  return [
    '# Results',
    '',
    `Node ${machine.node}, ${machine.cpu}, ${machine.cores} cores. One process measures all sides of a table, in turn; the smallest median counts.${quick ? ' **A quick run: do not quote it.**' : ''}`,
    '',
    ...(trust ? formatTrust(trust) : []),
    ...(decision ? formatDecision(decision) : []),
    ...(assertion ? formatAssertion(assertion) : []),
    ...(frameworks ? formatFrameworks(frameworks) : []),
    ...(sizes ? formatSizes(sizes) : []),
  ].join('\n');
}

function formatTrust({ rows, compile, questions, wrong }: TrustResults): readonly string[] {
  const sizes = [...new Set(rows.map(({ prefixes }) => prefixes))];
  const kinds = [...new Set(rows.map(({ peers }) => peers))];
  const names = (prefixes: number): readonly string[] => [
    ...new Set(rows.filter((row) => row.prefixes === prefixes).map(({ name }) => name)),
  ];
  const find = (name: string, prefixes: number, peers: string): TrustRow | undefined =>
    rows.find((row) => row.name === name && row.prefixes === prefixes && row.peers === peers);
  return [
    '## Is this peer a trusted proxy?',
    '',
    'Nanoseconds for one check, how many times ours that is, and bytes of garbage. Peers are IPv4, mapped IPv4 and IPv6.',
    '',
    ...sizes.flatMap((prefixes) => [
      `### ${prefixes.toLocaleString('en')} ${prefixes === 1 ? 'prefix' : 'prefixes'}`,
      '',
      row(['', ...kinds]),
      rule(kinds.length + 1),
      ...names(prefixes).map((name) =>
        row([
          name,
          ...kinds.map((peers) =>
            describeTime(find(name, prefixes, peers), find(OURS, prefixes, peers)),
          ),
        ]),
      ),
      '',
    ]),
    '### Compiling a list',
    '',
    row(['', ...sizes.map((size) => `${size.toLocaleString('en')}: ms`), 'bytes per prefix']),
    rule(sizes.length + 2),
    ...[...new Set(compile.map(({ name }) => name))].map((name) => {
      const of = compile.filter((one) => one.name === name);
      const largest = of.at(-1);
      return row([
        name,
        ...sizes.map((size) => format(of.find(({ prefixes }) => prefixes === size)?.ms)),
        format(largest?.bytesPerPrefix),
      ]);
    }),
    '',
    `### Wrong answers to ${questions.toLocaleString('en')} questions`,
    '',
    'Against a slow reader of the rules: dotted decimal or RFC 4291 text, mapped addresses are IPv4, nothing else is an address.',
    '',
    row(['', 'trusted address not known', 'something else trusted', 'such as']),
    rule(4),
    ...wrong.map(({ name, missed, wronglyTrusted, examples }) =>
      row([
        name,
        String(missed),
        String(wronglyTrusted),
        examples.map((text) => `\`${JSON.stringify(text)}\``).join(', '),
      ]),
    ),
    '',
  ];
}

function describeTime(one: TrustRow | undefined, ours: TrustRow | undefined): string {
  if (one?.ns === undefined) return one ? 'more than 1 ms' : '';
  const ratio = ours?.ns === undefined ? '' : ` (${formatRatio(one.ns / ours.ns)})`;
  const bytes = one.bytes === undefined ? '' : `, ${format(one.bytes)} B`;
  return `${format(one.ns)}${ratio}${bytes}`;
}

function formatDecision(rows: NonNullable<Results['decision']>): readonly string[] {
  const floor = rows[0]?.ns ?? 1;
  return [
    '## Who is this?',
    '',
    'A request of 20 header lines. The first two rows, and passport-trusted-header, believe anybody who sends the headers.',
    '',
    row(['', 'ns', 'of the first row', 'bytes of garbage']),
    rule(4),
    ...rows.map(({ name, ns, bytes }) =>
      row([name, format(ns), formatRatio(ns / floor), format(bytes)]),
    ),
    '',
  ];
}

function formatAssertion(rows: NonNullable<Results['assertion']>): readonly string[] {
  const find = (name: string): number => rows.find((one) => one.name === name)?.ns ?? Number.NaN;
  const plain = rows[0]?.ns ?? Number.NaN;
  return [
    '## What a signature costs',
    '',
    'A request as above with a token of an hour and three groups; tokens of a hundred users take turns. One is waited for before the next begins, as `await` has it: a tick of the microtask queue is in every row. The fastest of many batches of twenty counts. `jwtVerify` has its key at hand, issuer, audience, algorithm and `exp` are checked by both.',
    '',
    row(['', 'µs', 'of jose', 'of the decision without']),
    rule(4),
    ...rows.map(({ name, ns }) => {
      const jose = find(`${name.slice(0, 5)}: jose's jwtVerify alone`);
      const ratio = Number.isNaN(jose) ? '' : formatRatio(ns / jose);
      return row([name, format(ns / 1_000), ratio, formatRatio(ns / plain)]);
    }),
    '',
  ];
}

function formatFrameworks(rows: NonNullable<Results['frameworks']>): readonly string[] {
  const frameworks = [...new Set(rows.map(({ framework }) => framework))];
  const variants = [...new Set(rows.map(({ variant }) => variant))];
  const find = (framework: string, variant: string): number =>
    rows.find((one) => one.framework === framework && one.variant === variant)?.us ?? Number.NaN;
  const hasHand = variants.includes('by hand');
  const ofHand = (framework: string): string => {
    const ratio = find(framework, 'trusted-header') / find(framework, 'by hand');
    return Number.isNaN(ratio) ? '' : `×${ratio.toFixed(2)}`;
  };
  return [
    '## What a request costs',
    '',
    'Microseconds of processor time for one request of an authenticated user with 20 header lines, and how many times the bare server’s. The bare server is there twice: what differs is noise.',
    ...(hasHand
      ? [
          '',
          'By hand: the peer checked with proxy-addr, four headers read, the groups split and trimmed, 403 otherwise; none of the rules beside. A process for each, whose requests come sixteen at a time.',
        ]
      : []),
    ...(variants.includes(SIGNED_IN)
      ? [
          '',
          'The last two are of somebody who is signed in: a session library alone, with its store in memory, and the same behind `trustedHeader` and in front of `signIn`, which remembers users for a minute.',
        ]
      : []),
    ...(frameworks.includes('Next.js')
      ? [
          '',
          'Next.js: a process for each variant, in turn; the library is set up for all of a process.',
        ]
      : []),
    '',
    row(['', ...variants, ...(hasHand ? ['trusted-header / by hand'] : [])]),
    rule(variants.length + (hasHand ? 2 : 1)),
    ...frameworks.map((framework) =>
      row([
        framework,
        ...variants.map((variant) => {
          const us = find(framework, variant);
          if (Number.isNaN(us)) return '';
          const alone = variant === SIGNED_IN ? us / find(framework, 'session library') : undefined;
          const ofSession =
            alone === undefined ? '' : `; ${alone.toFixed(2)} of the session library`;
          return `${us.toFixed(1)} (${(us / find(framework, 'bare')).toFixed(2)}${ofSession})`;
        }),
        ...(hasHand ? [ofHand(framework)] : []),
      ]),
    ),
    '',
  ];
}

function formatSizes({ packages, core, parts, imports }: SizeResults): readonly string[] {
  return [
    '## What it weighs',
    '',
    'Minified and gzipped, without what is in another row or is your framework. Importing: processor time, where `node:http` and the framework are loaded already, of the quickest of many processes.',
    '',
    row([
      '',
      'alone, kB',
      'with dependencies, kB',
      'import, ms above an empty module',
      'dependencies',
    ]),
    rule(5),
    ...packages.map(({ name, bytes, bytesWithDependencies, importMs, dependencies }) =>
      row([
        name,
        (bytes / 1000).toFixed(1),
        (bytesWithDependencies / 1000).toFixed(1),
        importMs.toFixed(1),
        String(dependencies),
      ]),
    ),
    '',
    '### What an application takes of core',
    '',
    'Minified and gzipped. The first four are the files that requests pass, as [REVIEWING.md](../../core/REVIEWING.md) lists them, each section with those before it. The others are single exports with all that they bring.',
    '',
    row(['', 'kB']),
    rule(2),
    ...Object.entries(core).map(([name, bytes]) => row([name, (bytes / 1000).toFixed(1)])),
    '',
    '### What core is made of',
    '',
    'Minified, not gzipped, by folder of its sources.',
    '',
    row(['', 'kB', 'of these, sentences for people']),
    rule(3),
    ...parts.map(({ name, bytes, sentences }) =>
      row([name, (bytes / 1000).toFixed(1), (sentences / 1000).toFixed(1)]),
    ),
    '',
    '### What importing core takes',
    '',
    'Processor time, of the quickest of many processes.',
    '',
    row(['', 'ms above an empty module']),
    rule(2),
    ...imports.map(({ name, ms }) => row([name, ms.toFixed(1)])),
    '',
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function rule(columns: number): string {
  return `| ${['---', ...Array.from({ length: columns - 1 }, () => '---:')].join(' | ')} |`;
}

function format(value: number | undefined): string {
  if (value === undefined) return '';
  if (value < 100) return value.toFixed(value < 10 ? 1 : 0);
  return Math.round(value).toLocaleString('en');
}

function formatRatio(ratio: number): string {
  return `×${ratio < 10 ? ratio.toFixed(2) : Math.round(ratio).toLocaleString('en')}`;
}
