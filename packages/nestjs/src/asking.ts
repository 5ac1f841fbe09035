import { applyDecorators, type CanActivate, type Type, UseGuards } from '@nestjs/common';
import { createSlot, type Slot } from '@trusted-header/core';
import type { Decorator } from './rules.js';

/** For each guard of methods, the classes on which it is. */
const asked = new Map<Type<CanActivate>, Slot<true>>();

/**
 * Makes a decorator that marks, and puts the guard there that asks about the mark.
 *
 * For a method it goes on the class, and asks about those methods only that are marked. Nest 11 asks no global guard about
 * gateways, and on a method a decorator that wraps it would take the guard away: a rule that nobody asks about is a hole.
 */
export function asking(
  marked: Decorator,
  guard: Type<CanActivate>,
  methodGuard: Type<CanActivate>,
): Decorator {
  return (target: object, name?: string | symbol, descriptor?: PropertyDescriptor) => {
    if (name === undefined) {
      applyDecorators(marked, UseGuards(guard))(target);
      return;
    }
    applyDecorators(marked)(target, name, descriptor);
    askAboutMethods(target.constructor, methodGuard);
  };
}

function askAboutMethods(type: object, methodGuard: Type<CanActivate>): void {
  const classes = asked.get(methodGuard) ?? createSlot<true>();
  asked.set(methodGuard, classes);
  if (typeof type !== 'function' || classes.get(type)) return;
  classes.set(type, true);
  UseGuards(methodGuard)(type);
}
