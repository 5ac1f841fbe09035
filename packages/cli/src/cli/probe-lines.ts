import { unprovenPlaces } from '../probe/format/severity.js';
import { placeTitle } from '../probe/format/words.js';
import { LEFT_OUT } from '../probe/judge/words.js';
import type { Remedy } from '../probe/remedy.js';
import type { ProbeOutcome, ProbeResult } from '../probe/settings.js';
import { type Line, type Styled, styled } from './lines.js';

/** What a run has seen, for people: a line for each case, by path and side. */
export function probeLines(result: ProbeResult): Line[] {
  return [
    ...result.places.flatMap(({ vantage, path, says }, i): Line[] => [
      ...(i === 0 ? [] : ['']),
      [styled('bold', placeTitle(result, vantage, path))],
      ['  ', styled('dim', says)],
      ...result.outcomes
        .filter((one) => one.vantage === vantage && one.path === path)
        .map(outcomeLine),
    ]),
    '',
    summary(result),
    ...leftOutLines(result),
  ];
}

/** One case in one line. */
export function outcomeLine({ id, title, verdict, level, says }: ProbeOutcome): Line {
  const { word, style } = WORDS[level === 'none' ? verdict : level] ?? { word: verdict };
  const marked = word.padEnd(8);
  return [
    '  ',
    style === undefined ? marked : styled(style, marked),
    ` ${id.padEnd(25)} ${title}: `,
    level === 'none' ? says : styled('bold', says),
  ];
}

const WORDS: Readonly<Record<string, { readonly word: string; readonly style?: Styled['style'] }>> =
  {
    safe: { word: 'safe', style: 'green' },
    unknown: { word: 'unknown', style: 'dim' },
    note: { word: 'note' },
    warning: { word: 'WARNING', style: 'yellow' },
    error: { word: 'ERROR', style: 'red' },
  };

function summary({ outcomes, requests, receiver }: ProbeResult): Line {
  const count = (level: ProbeOutcome['level'], verdict?: ProbeOutcome['verdict']): number =>
    outcomes.filter((one) => one.level === level && (verdict ?? one.verdict) === one.verdict)
      .length;
  const text = `${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}, ${plural(count('note'), 'note')}, ${count('none', 'safe')} safe, ${count('none', 'unknown')} unknown; ${requests} requests`;
  return receiver === 'met' ? text : `${text}; ${WITHOUT[receiver]}`;
}

const WITHOUT = {
  'not-asked':
    'without TRUSTED_HEADER_PROBE here and in the application nothing can be called safe (--new-token)',
  'not-met': 'the receiver in the application was never met, so nothing can be called safe',
} as const;

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function leftOutLines({ leftOut }: ProbeResult): Line[] {
  if (leftOut.length === 0) return [];
  const ids = [...new Set(leftOut.map(({ id }) => id))];
  return [
    `${LEFT_OUT}, ${leftOut.length}: ${ids.join(', ')}; give fewer paths, or name them with --case`,
  ];
}

/** What to do where the receiver was expected, and something else has answered everything. */
export function notMetLines({ places }: ProbeResult): Line[] {
  const isOtherHost = places.some(({ says }) => says.startsWith('answers 421'));
  const asked = places.some(({ says }) => says.startsWith('asks to sign in'));
  return [
    [
      styled('yellow', 'note:'),
      // What servers answer for a host that they have no site for.
      isOtherHost
        ? ' the proxy has no site of this name (421): write the one that browsers use, and where it does not lead here, --resolve with the address'
        : asked
          ? ' the sign-in page stops every request: give the cookie of somebody who is signed in with --cookie-file'
          : ' nobody answers for TRUSTED_HEADER_PROBE: is it set in the application with this value, was the application started less than 15 minutes ago, and does its adapter know it?',
    ],
  ];
}

/** What to do where the receiver has answered, and little could be told of some path. */
export function notProvenLines(result: ProbeResult): Line[] {
  const where = unprovenPlaces(result).map(({ vantage, path }) =>
    placeTitle(result, vantage, path),
  );
  if (where.length === 0) {
    return [
      [
        styled('yellow', 'note:'),
        ' more than half was left out by the bound on requests, so little is proven: give fewer paths, or name cases with --case',
      ],
    ];
  }
  return [
    [
      styled('yellow', 'note:'),
      ` most of it could not be told ${where.join(', nor ')}, so nothing is proven there: does the proxy ask to sign in, ban or limit who asks so often, answer from a cache, or has the session ended meanwhile?`,
    ],
  ];
}

/** What to change in the proxy. */
export function remedyLines(remedy: Remedy | undefined, isLeaky: boolean): Line[] {
  if (remedy === undefined) {
    return isLeaky
      ? ['', 'which proxy it is does not show: name it, for what to change, with --proxy nginx']
      : [];
  }
  const { proxy, command, lines, more } = remedy;
  return [
    '',
    [
      styled('bold', `What to change in ${proxy}`),
      ', from a configuration in which nothing of this arrives: write this in the place of your own lines about these headers, wherever the application is reached:',
    ],
    ...lines.map((line) => `    ${line}`),
    ...(more === 0 ? [] : [`    … and ${more} more`]),
    'All of it, for your own addresses:',
    `    ${command}`,
  ];
}
