import { hasDuplicateMembers } from './has-duplicate-members.js';

/** An object that came as JSON. Look at its own members only: `__proto__` may be one. */
export type JsonObject = Readonly<Record<string, unknown>>;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads a JSON object from UTF-8. Gives undefined for other bytes, other values, and for a member that is there twice. */
export function readJsonObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    const text = decoder.decode(bytes);
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && !hasDuplicateMembers(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Gives a member that is the object's own. */
export function member(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Tells an object of JSON from a list and from null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
