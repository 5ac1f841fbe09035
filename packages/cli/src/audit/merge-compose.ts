import { isRecord } from '../json.js';
import { type Fields, fieldsOf, keyValues } from './fields.js';

/** What a compose file’s `!reset` stands for: the earlier value goes. */
export const RESET: unique symbol = Symbol('!reset');

/** The only field of what a compose file’s `!override` stands for: the earlier value goes, and this one comes. */
export const OVERRIDE = '\ufdd0override';

/** Where compose reads `A=1` and `A: 1` as the same. */
const MAPPINGS = new Set([
  'environment',
  'labels',
  'annotations',
  'sysctls',
  'args',
  'extra_hosts',
]);
/** Lists that a later file replaces. */
const REPLACED = new Set(['command', 'entrypoint', 'test']);

/**
 * Merges compose files as compose does: mappings key by key, lists one behind the other, anything else replaced.
 *
 * `networks` of a service may be a list or a mapping; `ipam.config` is merged by subnet.
 */
export function mergeCompose(files: readonly Fields[]): Fields {
  return files.reduce((base, file) => fieldsOf(merge(base, file, '')), {});
}

/** Merges one service into another, as `extends` asks for. */
export function mergeService(base: Fields, service: Fields): Fields {
  return fieldsOf(merge(base, service, 'service'));
}

function merge(base: unknown, over: unknown, key: string): unknown {
  if (over === RESET) return undefined;
  if (isRecord(over) && OVERRIDE in over) return over[OVERRIDE];
  if (base === undefined || base === null) return withoutResets(over);
  if (over === undefined || over === null) return base;
  if (MAPPINGS.has(key)) return { ...keyValues(base), ...keyValues(over) };
  if (key === 'networks') return mergeFields(asMapping(base), asMapping(over));
  if (isRecord(base) && isRecord(over)) return mergeFields(base, over);
  if (!Array.isArray(base) && !Array.isArray(over)) return over;
  if (REPLACED.has(key)) return over;
  const all = [...listOf(base), ...listOf(over)];
  return key === 'config' ? mergeBySubnet(all) : unique(all);
}

function mergeFields(base: Fields, over: Fields): Fields {
  const keys = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const merged = merge(own(base, key), own(over, key), key);
      return merged === undefined && own(over, key) === RESET ? [] : [[key, merged ?? null]];
    }),
  );
}

/** A file’s own marks are no values of it. */
function withoutResets(value: unknown): unknown {
  if (!isRecord(value)) return value;
  if (OVERRIDE in value) return value[OVERRIDE];
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      inner === RESET ? [] : [[key, withoutResets(inner)]],
    ),
  );
}

function mergeBySubnet(configs: readonly unknown[]): unknown[] {
  const bySubnet = new Map<unknown, Fields>();
  for (const config of configs.map(fieldsOf)) {
    bySubnet.set(config['subnet'], { ...bySubnet.get(config['subnet']), ...config });
  }
  return [...bySubnet.values()];
}

function asMapping(value: unknown): Fields {
  if (!Array.isArray(value)) return fieldsOf(value);
  return Object.fromEntries(
    value.flatMap((name: unknown) => (typeof name === 'string' ? [[name, null]] : [])),
  );
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function unique(values: readonly unknown[]): unknown[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}
