import { addressBits, type Block, dropCovered } from '../address/block.js';
import { rangeOf, type SpecialRange } from '../address/special-ranges.js';
import { ConfigError, type ConfigIssue } from '../config/config-error.js';
import { configIssue } from '../config/config-issue.js';
import type { EntryFault } from './entry-fault.js';
import type { LiveSource } from './live-source.js';
import { NAMED_RANGES } from './named-ranges.js';
import { parseTrustedProxies, shareOf, type TrustEntry } from './parse-trusted-proxies.js';

/**
 * The most that a source may name (L1): a name stands for a proxy or its replicas, a provider has a list. A file is the operator's
 * own; but compiling what it holds takes time in which no request is answered.
 */
const MOST_ENTRIES = { dns: 8, https: 1_000, file: 10_000 } as const;

/** The widest block that a list on the web may hold. */
const WIDEST = { 4: 8, 6: 16 } as const;

/** So many of the widest are what it may hold altogether: the largest providers have less, and half of the internet is no provider. */
const MOST_OF_THE_WIDEST = 8;

/**
 * Parses what a source names now, as strictly as the list itself, and within the source's maximum (L1). One bad entry, and the
 * whole answer is none: who has put in one may have put in others.
 *
 * @throws {ConfigError} `trusted-proxy-invalid`, with every bad entry.
 */
export function parseProvided(source: LiveSource, texts: readonly string[]): readonly TrustEntry[] {
  const most = MOST_ENTRIES[source.kind];
  if (texts.length > most) {
    const problem = `are ${texts.length} entries, and at most ${most} are believed`;
    raise([configIssue(source.name, texts.slice(0, 1), problem, 'name the proxy alone')]);
  }
  refuseForeign(source, texts);
  const entries = parseTrustedProxies(texts, source.name);
  const issues = entries.flatMap((entry, i): ConfigIssue[] => {
    const fault = faultOf(entry, source);
    if (!fault) return [];
    return [configIssue(`${source.name}[${i}]`, entry.text, fault.problem, fault.instead)];
  });
  if (issues.length > 0) raise(issues);
  if (source.kind === 'https') refuseTooMuch(source, entries);
  return entries;
}

/** What is like no entry at all may be a line of another file, such as a secret, which no error may print. */
function refuseForeign({ kind, name }: LiveSource, texts: readonly string[]): void {
  if (kind === 'dns') return;
  const issues = texts.flatMap((text, i): ConfigIssue[] => {
    if (isLikeAnEntry(text)) return [];
    const [problem, instead] = ['is no address', 'name a list of addresses and blocks'];
    const value = `a text of ${text.length} characters, not shown,`;
    return [{ option: `${name}[${i}]`, value, problem, instead }];
  });
  if (issues.length > 0) raise(issues);
}

function isLikeAnEntry(text: string): boolean {
  if (NAMED_RANGES.has(text) || /^(?:unix|dns|file):/.test(text)) return true;
  return (
    text.length <= LONGEST_SHOWN && /^["']?[\da-f.:]*[.:][\da-f.:/]*(?:%\w+)?["']?;?$/i.test(text)
  );
}

const LONGEST_SHOWN = 64;

function refuseTooMuch({ name }: LiveSource, entries: readonly TrustEntry[]): void {
  for (const family of [4, 6] as const) {
    const widest = WIDEST[family];
    const blocks = entries.flatMap((entry) =>
      entry.blocks.filter((block) => block.family === family),
    );
    if (shareOf(dropCovered(blocks)) <= MOST_OF_THE_WIDEST * 2 ** -widest) continue;
    const problem = `together hold more of IPv${family} than ${MOST_OF_THE_WIDEST} blocks of /${widest}`;
    raise([configIssue(name, entries.length, problem, 'name the list of one provider')]);
  }
}

function faultOf(entry: TrustEntry, { kind }: LiveSource): EntryFault | undefined {
  if (entry.live) {
    return {
      problem: 'is a list within a list',
      instead: 'write what it names, or list it itself',
    };
  }
  if (kind === 'file') return undefined;
  const [block, ...more] = entry.blocks;
  if (!block || more.length > 0) {
    return { problem: 'is no address', instead: 'name addresses only' };
  }
  const range = rangeOf(block.family, block.words);
  if (range && NEVER_A_PROXY.includes(range)) {
    return { problem: 'is never the address of a proxy elsewhere', instead: 'leave it out' };
  }
  return kind === 'dns' ? moreThanOne(block) : tooWide(block);
}

/** Loopback is for who watches to judge: a name may be allowed to be this machine. */
const NEVER_A_PROXY: readonly SpecialRange[] = ['unspecified', 'broadcast', 'multicast'];

function moreThanOne({ family, prefix }: Block): EntryFault | undefined {
  if (prefix === addressBits(family)) return undefined;
  return { problem: 'is no single address', instead: 'name addresses only' };
}

function tooWide({ family, words, prefix }: Block): EntryFault | undefined {
  if (rangeOf(family, words) === 'loopback') {
    return { problem: 'is this machine', instead: 'leave it out' };
  }
  if (prefix >= WIDEST[family]) return undefined;
  return {
    problem: `is wider than /${WIDEST[family]}`,
    instead: `no list is believed that holds more of IPv${family} than that`,
  };
}

function raise(issues: readonly ConfigIssue[]): never {
  throw new ConfigError('trusted-proxy-invalid', issues);
}
