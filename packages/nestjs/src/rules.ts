import type { ExecutionContext } from '@nestjs/common';
import type { Guard } from '@trusted-header/core';

const OPEN = Symbol('@trusted-header/nestjs open');
const GUARDS = Symbol('@trusted-header/nestjs guards');

/** Marks a class or method. */
export type Decorator = ClassDecorator & MethodDecorator;

/** What a handler and its class say about who may call it. */
export interface Rules {
  /** `@AllowAnonymous()`, on the handler or else on its class. Policies on either go before it. */
  readonly isOpen: boolean;
  /** Policies of the class and of the handler: all of them hold. */
  readonly guards: readonly Guard[];
}

/** Makes a decorator that opens what it marks. */
export function markOpen(): Decorator {
  return mark((subject) => Reflect.defineMetadata(OPEN, true, subject));
}

/** Makes a decorator that adds a policy to those of what it marks. */
export function markGuarded(guard: Guard): Decorator {
  return mark((subject) => Reflect.defineMetadata(GUARDS, [guard, ...guardsOf(subject)], subject));
}

/** Reads what the decorators said. */
export function rulesFor(context: ExecutionContext): Rules {
  const subjects = [context.getClass(), context.getHandler()];
  const guards = subjects.flatMap(guardsOf);
  return { isOpen: guards.length === 0 && subjects.some(isOpen), guards };
}

function guardsOf(subject: object): readonly Guard[] {
  return Reflect.getMetadata(GUARDS, subject) ?? [];
}

function isOpen(subject: object): boolean {
  return Reflect.getMetadata(OPEN, subject) === true;
}

function mark(apply: (subject: object) => void): Decorator {
  return (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor) => {
    apply(descriptor ? descriptor.value : target);
  };
}
