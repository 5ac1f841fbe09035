import { formatBlock } from '../address/block.js';
import { ConfigError } from '../config/config-error.js';
import { configIssue } from '../config/config-issue.js';
import { compileEntries } from '../trust/compile-trust.js';
import type { LiveSource } from '../trust/live-source.js';
import { parseProvided } from '../trust/parse-provided.js';
import {
  parseTrustedProxies,
  refuseEverything,
  type TrustEntry,
} from '../trust/parse-trusted-proxies.js';
import type { Trust } from '../trust/trust.js';
import type { TrustedProxies } from '../trust/trusted-proxies.js';
import { createCallbacks } from './callbacks.js';
import type { LiveLists } from './live-lists.js';
import { resolveEntries } from './resolve-trust.js';

/** What is trusted from now on. */
export interface TrustInForce {
  /** Undefined while header login is off. */
  readonly trust: Trust | undefined;
  /** Which sources name nobody, and why. */
  readonly lack: string | undefined;
  /** What is worth a look of the operator's: the list, and what was provided but for lists on the web. */
  readonly entries: readonly TrustEntry[];
}

/** The list of an authenticator: literal entries, and sources for which somebody provides addresses. */
export interface LiveTrust {
  /** Replaces the list. What was provided for a source that is still named is kept. @throws {ConfigError} */
  set(trustedProxies: TrustedProxies | undefined): void;
  /** A peer that is not trusted has claimed something. */
  missed(): void;
  readonly lists: LiveLists;
}

interface Provided {
  readonly source: LiveSource;
  readonly entries: readonly TrustEntry[];
  readonly lack: string;
}

const UNWATCHED = 'is watched by nobody: see watchTrustedProxies of @trusted-header/node';

const MOST_LACKING = 3;

/**
 * Keeps the list, and compiles it anew whenever it or what a source names has changed: requests are judged by one table.
 *
 * @param apply Called with the first list, and after each change.
 * @throws {ConfigError} Like `compileTrust`.
 */
export function createLiveTrust(
  first: TrustedProxies | undefined,
  optional: boolean,
  apply: (inForce: TrustInForce) => void,
): LiveTrust {
  let written = resolveEntries(first, optional);
  const included = new Set<readonly TrustEntry[]>();
  let provided: ReadonlyMap<string, Provided> = new Map();
  const onSources = createCallbacks();
  const onStranger = createCallbacks();
  change(written, provided);

  return {
    set(trustedProxies) {
      change(resolveEntries(trustedProxies, optional), provided);
    },
    missed: onStranger.call,
    lists: Object.freeze<LiveLists>({
      sources: () => [...provided.keys()],
      include(sources) {
        const entries = parseTrustedProxies(sources, 'sources');
        refuseLiterals(entries);
        included.add(entries);
        change(written, provided);
        return () => {
          if (included.delete(entries)) change(written, provided);
        };
      },
      provide(name, texts, lack = UNWATCHED) {
        const { source } = provided.get(name) ?? {};
        if (!source) return [];
        const entries = texts.length === 0 ? [] : parseProvided(source, texts);
        change(written, new Map(provided).set(name, { source, entries, lack }));
        return [...new Set(entries.map(spellingOf))];
      },
      onSources: onSources.subscribe,
      onStranger: onStranger.subscribe,
    }),
  };

  /** Checks before anything is replaced: on an error the old list stays in force. */
  function change(list: readonly TrustEntry[], before: ReadonlyMap<string, Provided>): void {
    const entries = [...list, ...[...included].flat()];
    const next = new Map<string, Provided>();
    for (const { live: source } of entries) {
      if (!source) continue;
      const known = before.get(source.name);
      next.set(source.name, known ?? { source, entries: [], lack: UNWATCHED });
    }
    const all = [...entries, ...[...next.values()].flatMap((one) => one.entries)];
    refuseEverything(all);
    const isOff = entries.length === 0;
    const trust = isOff ? undefined : compileEntries(all);
    const isOther = [...next.keys()].join() !== [...provided.keys()].join();
    written = list;
    provided = next;
    apply({ trust, lack: lackOf(next), entries: [...entries, ...ownEntries(next)] });
    if (isOther) onSources.call();
  }
}

function refuseLiterals(entries: readonly TrustEntry[]): void {
  const issues = entries.flatMap(({ text, live }, i) =>
    live
      ? []
      : [
          configIssue(
            `sources[${i}]`,
            text,
            'is no source',
            'write dns:name, file:/path or https://host/path; addresses belong into trustedProxies',
          ),
        ],
  );
  if (issues.length > 0) throw new ConfigError('trusted-proxy-invalid', issues);
}

function spellingOf({ text, blocks: [block, ...more] }: TrustEntry): string {
  return block && more.length === 0 ? formatBlock(block) : text;
}

/** What a provider has in its list is said about the list, and not about each of a thousand blocks. */
function ownEntries(provided: ReadonlyMap<string, Provided>): readonly TrustEntry[] {
  return [...provided.values()].flatMap(({ source, entries }) =>
    source.kind === 'https' ? [] : entries,
  );
}

function lackOf(provided: ReadonlyMap<string, Provided>): string | undefined {
  const lacking = [...provided.values()].filter(({ entries }) => entries.length === 0);
  if (lacking.length === 0) return undefined;
  const told = lacking.slice(0, MOST_LACKING).map(({ source, lack }) => `${source.name} ${lack}`);
  const more = lacking.length - told.length;
  return [...told, ...(more > 0 ? [`so do ${more} more`] : [])].join('; ');
}
