/** The longest list that is read, in bytes. */
export const LONGEST_LIST = 1_048_576;

/**
 * Reads the entries of a list: text with entries apart by white space or commas, and `#` before comments; or JSON, as an array, or as
 * Fastly, CloudFront, AWS and Google publish theirs. What entries may be is for the list of trusted proxies to say.
 *
 * @throws {Error} For other JSON, for bytes that are no UTF-8, for a list that is too long, and for one without entries.
 */
export function readList(bytes: Uint8Array): readonly string[] {
  if (bytes.length > LONGEST_LIST) throw new Error(`is longer than ${LONGEST_LIST} bytes`);
  const text = decode(bytes);
  const entries = /^\s*[[{]/.test(text) ? readJson(text) : readText(text);
  if (entries.length === 0) throw new Error('is empty');
  return entries;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('is no UTF-8 text');
  }
}

function readText(text: string): string[] {
  return text
    .split(/\r?\n/)
    .flatMap((line) => line.replace(/(?:^|[\s,])#.*$/, '').split(/[\s,]/))
    .filter((entry) => entry !== '');
}

function readJson(text: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('is no whole JSON');
  }
  const lists = Array.isArray(value) ? [value] : listsOf(value);
  return lists.flatMap((list) => list.map(entryOf));
}

/** Where providers have their entries: those of Fastly, of AWS and Google, of CloudFront. */
const LISTS = [
  'addresses',
  'ipv6_addresses',
  'prefixes',
  'ipv6_prefixes',
  'CLOUDFRONT_GLOBAL_IP_LIST',
  'CLOUDFRONT_REGIONAL_EDGE_IP_LIST',
];

const PREFIXES = ['ip_prefix', 'ipv6_prefix', 'ipv4Prefix', 'ipv6Prefix'];

function listsOf(value: unknown): (readonly unknown[])[] {
  const lists = ownValues(value, LISTS);
  if (lists.length === 0) throw new Error(`is JSON with none of ${LISTS.join(', ')}`);
  return lists.map((list) => {
    if (Array.isArray(list)) return list;
    throw new Error('is JSON with something else in the place of a list');
  });
}

function entryOf(item: unknown): string {
  if (typeof item === 'string') return item;
  const [prefix, ...more] = ownValues(item, PREFIXES);
  if (typeof prefix === 'string' && more.length === 0) return prefix;
  throw new Error(
    `is JSON with an entry that is neither text nor has one of ${PREFIXES.join(', ')}`,
  );
}

function ownValues(value: unknown, names: readonly string[]): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return names
    .filter((name) => Object.hasOwn(value, name))
    .map((name): unknown => Reflect.get(value, name));
}
