import { isObject } from '@trusted-header/core';

/** Gives a property of what may be anything: of a framework's object whose types do not tell. Undefined of what is no object. */
export function propertyOf(value: unknown, key: string): unknown {
  return isObject(value) ? Reflect.get(value, key) : undefined;
}
