import { getBuiltinModule } from './builtin.js';

let key: symbol | undefined;

/** Gives the key of that list. Asked for where there is an HTTP/2 stream, and so the module. */
export function sensitiveKey(): symbol {
  key ??= getBuiltinModule('node:http2').sensitiveHeaders;
  return key;
}

/**
 * Removes names from the list of fields that must not be indexed (RFC 7541 section 7.1.3), which HTTP/2 headers and trailers
 * carry along.
 *
 * @returns How many names are left.
 */
export function stripSensitive(headers: object, isUnwanted: (name: string) => boolean): number {
  const names: unknown = Reflect.get(headers, sensitiveKey());
  if (!Array.isArray(names)) return 0;
  const kept = names.filter((name) => typeof name !== 'string' || !isUnwanted(name));
  names.splice(0, names.length, ...kept);
  return kept.length;
}
