import { type Block, dropCovered } from '../address/block.js';
import { ConfigError, type ConfigIssue } from '../config/config-error.js';
import { configIssue } from '../config/config-issue.js';
import type { EntryFault } from './entry-fault.js';
import { beginsComment } from './file-mistakes.js';
import { type LiveSource, parseLiveSource } from './live-source.js';
import { NAMED_RANGES } from './named-ranges.js';
import { normalPath } from './normal-path.js';
import { parseBlock } from './parse-block.js';
import type { TrustedProxies } from './trusted-proxies.js';

/** One entry of the list, understood. */
export interface TrustEntry {
  /** As it was written. */
  readonly text: string;
  readonly blocks: readonly Block[];
  /** The listener's path, for `unix:/path`, in its one spelling; {@link INHERITED} for `unix:fd`. */
  readonly unixSocket?: string;
  /** What names its addresses, for `dns:name` and the like: there are none in the text. */
  readonly live?: LiveSource;
}

const WHERE = 'trustedProxies';

/**
 * Parses the list of trusted proxies (T1, T2).
 *
 * @param where What holds the list, for messages.
 * @throws {ConfigError} `trusted-proxies-empty`; `trusted-proxy-invalid` with every bad entry, its position and the
 *   form to write instead.
 */
export function parseTrustedProxies(
  trustedProxies: TrustedProxies,
  where = WHERE,
): readonly TrustEntry[] {
  const texts = splitEntries(trustedProxies);
  const issues: ConfigIssue[] = [];
  const entries: TrustEntry[] = [];
  texts.forEach((text, i) => {
    const entry = parseEntry(text);
    if ('problem' in entry)
      issues.push(configIssue(`${where}[${i}]`, text, entry.problem, entry.instead));
    else entries.push(entry);
  });
  if (issues.length > 0) throw new ConfigError('trusted-proxy-invalid', issues);
  refuseEverything(entries, where);
  return entries;
}

/** Tells whether a list is none, or has no entries: undefined, `''` or `[]`, as a setting that nobody has made is. */
export function namesNoProxy(given: unknown): boolean {
  if (typeof given === 'string') return textsIn(given).length === 0;
  return given === undefined || given === null || (Array.isArray(given) && given.length === 0);
}

function textsIn(list: string): string[] {
  return list.split(/[\s,]+/).filter((text) => text !== '');
}

function splitEntries(trustedProxies: unknown): readonly unknown[] {
  if (namesNoProxy(trustedProxies)) refuseEmpty(trustedProxies);
  if (typeof trustedProxies === 'string') {
    const texts = textsIn(trustedProxies);
    // What is behind the beginning of a comment is no entry, and no fault of its own.
    const comment = texts.findIndex(beginsComment);
    if (comment >= 0) texts.length = comment + 1;
    return texts;
  }
  if (!Array.isArray(trustedProxies)) {
    throw new ConfigError('trusted-proxy-invalid', [
      configIssue(
        WHERE,
        trustedProxies,
        'is neither a list nor a string of addresses',
        "write ['172.20.0.2'] or '172.20.0.2'",
      ),
    ]);
  }
  // A hole is passed over by forEach, and would be one entry fewer than somebody believes.
  return Array.from(trustedProxies);
}

/** @param more What else could be written, where the list is an option. */
export function refuseEmpty(value: unknown, more = ''): never {
  throw new ConfigError('trusted-proxies-empty', [
    configIssue(
      WHERE,
      value,
      'names no proxy, and there is no default',
      `set it to the address from which your reverse proxy connects (TRUSTED_PROXIES=172.20.0.2)${more}`,
    ),
  ]);
}

function parseEntry(text: unknown): TrustEntry | EntryFault {
  if (text === undefined) {
    return {
      problem: 'is not a string, but a hole in the list',
      instead: "write an address in its place, such as '172.20.0.2', or remove a comma",
    };
  }
  if (typeof text !== 'string') {
    return {
      problem: 'is not a string',
      instead: "write addresses as strings, such as '172.20.0.2'",
    };
  }
  if (text === 'unix:fd') return { text, blocks: [], unixSocket: INHERITED };
  const path = /^unix:(\/[^\0]*[^\0/])$/.exec(text)?.[1];
  if (path !== undefined && !path.startsWith('//')) {
    return { text, blocks: [], unixSocket: normalPath(path) };
  }

  const live = parseLiveSource(text);
  if (live) return 'problem' in live ? live : { text, blocks: [], live };

  const blocks: Block[] = [];
  for (const part of NAMED_RANGES.get(text) ?? [text]) {
    const block = parseBlock(part);
    if ('problem' in block) return block;
    blocks.push(block);
  }
  return { text, blocks };
}

/** In the place of a path: the listening socket came as a descriptor, as systemd hands it over, and tells no path (T5). */
const INHERITED = 'fd';

/**
 * Refuses blocks that together hold a whole address family: a `/0` in parts.
 *
 * @throws {ConfigError} `trusted-proxy-invalid`
 */
export function refuseEverything(entries: readonly TrustEntry[], where = WHERE): void {
  for (const family of [4, 6] as const) {
    const blocks = entries.flatMap((entry) =>
      entry.blocks.filter((block) => block.family === family),
    );
    if (shareOf(blocks) < 1 || shareOf(dropCovered(blocks)) < 1) continue;
    throw new ConfigError('trusted-proxy-invalid', [
      configIssue(
        where,
        entries.map(({ text }) => text).join(','),
        `together trusts every IPv${family} address there is`,
        'write the address of the proxy, such as 172.20.0.2',
      ),
    ]);
  }
}

/** Gives which part of all addresses blocks hold; more than there is where they lie within each other. */
export function shareOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { prefix }) => sum + 2 ** -prefix, 0);
}
