import type { Type } from '@nestjs/common';

/** A method of a class: which prototype has it, under which name. */
export interface Member {
  readonly owner: object;
  readonly name: string | symbol;
}

/**
 * Finds the method that a handler is: Nest tells the function only. What puts another function in its place later, as tools
 * that trace an application do, mostly leaves the name.
 */
export function findMember(type: Type, handler: object): Member | undefined {
  let named: Member | undefined;
  for (
    let owner: object | null = type.prototype;
    owner && owner !== Object.prototype;
    owner = Object.getPrototypeOf(owner)
  ) {
    for (const name of Reflect.ownKeys(owner)) {
      const value: unknown = Object.getOwnPropertyDescriptor(owner, name)?.value;
      if (value === handler) return { owner, name };
      if ('name' in handler && handler.name === name) named ??= { owner, name };
    }
  }
  return named;
}
