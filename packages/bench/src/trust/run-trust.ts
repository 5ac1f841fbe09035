import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inTurn } from '../in-turn.js';
import { measureAll } from '../measure.js';
import type { CompileRow, Peers, TrustResults, TrustRow, WrongRow } from '../results.js';
import type { Settings } from '../settings.js';
import { makeSample, type Sample } from './prefixes.js';
import { createModel } from './strict-model.js';
import { type Check, OURS, PEERS, type Subject } from './subjects.js';

/** Operations that take longer are left out of the table. */
const LONGEST_MS = 1;
const QUESTIONS = 2_000;

/** Texts that two readers may take for different things. None of them is a trusted address to a strict one. */
const TRICKY = [
  '172.020.0.2',
  '0172.20.0.2',
  '172.20.2',
  '172.1310722',
  '2886991874',
  '0xac.20.0.2',
  '0xac140002',
  ' 172.20.0.2',
  '172.20.0.2 ',
  '172.20.0.2/32',
  '172.20.0.2:3000',
  '172.20.0.2, 10.0.0.1',
  '172.20.0.2\n',
  '172.20.0.2%eth0',
  '::ffff:172.20.0.2%eth0',
  '[::ffff:172.20.0.2]',
  '::172.20.0.2',
  '64:ff9b::172.20.0.2',
  '::ffff:0:172.20.0.2',
  '2002:ac14:2::',
  '１７２.20.0.2',
  '172。20。0。2',
  '',
  'unknown',
  'localhost',
  '::ffff:172.20.0.2.1',
  ':::ffff:172.20.0.2',
] as const;

/** Other ways to write the trusted address. */
const SAME = ['172.20.0.2', '::ffff:172.20.0.2', '::ffff:ac14:2', '0:0:0:0:0:FFFF:AC14:2'] as const;

export async function runTrust(settings: Settings): Promise<TrustResults> {
  const rows: TrustRow[] = [];
  const compile: CompileRow[] = [];
  for (const prefixes of settings.prefixes) {
    const sample = makeSample(prefixes);
    for (const subject of [OURS, ...PEERS]) compile.push(measureCompile(subject, sample, prefixes));
    for (const peers of ['repeated hit', 'repeated miss', 'random hit', 'random miss'] as const) {
      rows.push(...(await measurePeers(sample, prefixes, peers, settings)));
    }
  }
  const wrong = await Promise.all([OURS, ...PEERS].map(countWrong));
  return { rows, compile, questions: questions().length, wrong };
}

async function measurePeers(
  sample: Sample,
  prefixes: number,
  peers: Peers,
  settings: Settings,
): Promise<readonly TrustRow[]> {
  const list = peers.endsWith('hit') ? sample.hits : sample.misses;
  const next = peers.startsWith('repeated') ? () => list[0] ?? '' : inTurn(list);
  const [first = ''] = sample.prefixes;
  const floors = [
    { name: 'the string alone (===)', check: (peer: string) => peer === first },
    ...(prefixes === 1 ? [] : [{ name: 'ours, one prefix', check: OURS.compile(['172.20.0.2']) }]),
  ];
  const subjects = [OURS, ...PEERS].map(({ name, compile }) => ({
    name,
    check: withoutErrors(compile(sample.prefixes)),
  }));
  const quick: { name: string; check: Check }[] = [];
  const slow: string[] = [];
  for (const subject of [...floors, ...subjects]) {
    const ms = await timeOnce(subject.check, list[1] ?? '');
    if (ms > LONGEST_MS) slow.push(subject.name);
    else quick.push(subject);
  }
  const measured = await measureAll(
    quick.map(({ name, check }) => ({ name, run: () => check(next()) })),
    settings,
  );
  return [
    ...measured.map((row) => ({ ...row, prefixes, peers })),
    ...slow.map((name) => ({ name, prefixes, peers, ns: undefined, bytes: undefined })),
  ];
}

/** What throws does not trust. */
function withoutErrors(check: Check): Check {
  return (peer) => {
    try {
      return check(peer);
    } catch {
      return false;
    }
  };
}

async function timeOnce(check: Check, peer: string): Promise<number> {
  await check(peer);
  const startedAt = performance.now();
  await check(peer);
  return performance.now() - startedAt;
}

function measureCompile({ name, compile }: Subject, sample: Sample, prefixes: number): CompileRow {
  compile(sample.prefixes.slice(0, 100));
  const startedAt = performance.now();
  compile(sample.prefixes);
  const ms = performance.now() - startedAt;
  return { name, prefixes, ms, bytesPerPrefix: bytesPerPrefix(name, prefixes) };
}

/** Of one list in a process of its own: nothing else is collected meanwhile. Short lists drown in noise. */
function bytesPerPrefix(name: string, prefixes: number): number | undefined {
  if (prefixes < 10_000) return undefined;
  const file = fileURLToPath(new URL('../../dist/trust/measure-memory.js', import.meta.url));
  const args = ['--expose-gc', file, name, String(prefixes)];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

function questions(): readonly string[] {
  const { hits, misses } = makeSample(100);
  const half = QUESTIONS / 2;
  return [...SAME, ...TRICKY, ...hits.slice(0, half), ...misses.slice(0, half)];
}

async function countWrong({ name, compile }: Subject): Promise<WrongRow> {
  const prefixes = ['172.20.0.2', ...makeSample(100).prefixes];
  const isTrusted = createModel(prefixes);
  const check = withoutErrors(compile(prefixes));
  let missed = 0;
  const wrongly: string[] = [];
  for (const peer of questions()) {
    const answer = (await check(peer)) === true;
    if (answer && !isTrusted(peer)) wrongly.push(peer);
    if (!answer && isTrusted(peer)) missed += 1;
  }
  return { name, missed, wronglyTrusted: wrongly.length, examples: wrongly.slice(0, 3) };
}
