import type { ExecutionContext, Type } from '@nestjs/common';
import type { Guard } from '@trusted-header/core';
import type { RoleGuard } from '@trusted-header/login';
import { findMember, type Member } from './find-member.js';

const OPEN = Symbol.for('@trusted-header/nestjs open');
const GUARDS = Symbol.for('@trusted-header/nestjs guards');
const USER_GUARDS = Symbol.for('@trusted-header/nestjs user guards');

/** Marks a class or method. */
export type Decorator = ClassDecorator & MethodDecorator;

/** What a handler and its class say about who may call it. */
export interface Rules {
  /** `@AllowAnonymous()`, on the handler or else on its class. Policies on either go before it. */
  readonly isOpen: boolean;
  /** Policies of the class and of the handler: all of them hold. */
  readonly guards: readonly Guard[];
  /** What they ask of whom `SignInModule` has signed in: roles. All of them hold. */
  readonly userGuards: readonly RoleGuard[];
}

/** Makes a decorator that opens what it marks, and nothing that inherits it. */
export function markOpen(): Decorator {
  return mark(OPEN, () => true);
}

/**
 * Makes a decorator that adds a policy to those of what it marks, and of all that inherits it. Kept by class and name as well:
 * a decorator that puts another function in the place of the method must not take its policy away.
 */
export function markGuarded(guard: Guard): Decorator {
  return mark(GUARDS, (earlier: readonly Guard[] = []) => [guard, ...earlier]);
}

/** The same, for what is asked once somebody has been signed in. */
export function markUserGuarded(guard: RoleGuard): Decorator {
  return mark(USER_GUARDS, (earlier: readonly RoleGuard[] = []) => [guard, ...earlier]);
}

function mark<T>(key: symbol, change: (earlier: T | undefined) => T): Decorator {
  return (target: object, name?: string | symbol, descriptor?: PropertyDescriptor) => {
    if (name === undefined) {
      Reflect.defineMetadata(key, change(Reflect.getMetadata(key, target)), target);
      return;
    }
    Reflect.defineMetadata(key, change(Reflect.getMetadata(key, target, name)), target, name);
    const method: unknown = descriptor?.value;
    if (typeof method === 'function') {
      Reflect.defineMetadata(key, change(Reflect.getMetadata(key, method)), method);
    }
  };
}

/** Rules do not change once classes are defined. */
const known = new WeakMap<object, WeakMap<object, Rules>>();

/** Reads what the decorators said. */
export function rulesFor(context: ExecutionContext): Rules {
  const [type, handler] = [context.getClass(), context.getHandler()];
  const ofType = known.get(type) ?? new WeakMap<object, Rules>();
  const earlier = ofType.get(handler);
  if (earlier) return earlier;
  const rules = readRules(type, handler);
  known.set(type, ofType.set(handler, rules));
  return rules;
}

function readRules(type: Type, handler: object): Rules {
  const member = findMember(type, handler);
  const guards = marksOf<Guard>(GUARDS, type, handler, member);
  const userGuards = marksOf<RoleGuard>(USER_GUARDS, type, handler, member);
  const isOpen = Reflect.hasOwnMetadata(OPEN, type) || isOpenHandler(handler, member);
  return { isOpen: isOpen && guards.length + userGuards.length === 0, guards, userGuards };
}

function isOpenHandler(handler: object, member: Member | undefined): boolean {
  if (Reflect.hasOwnMetadata(OPEN, handler)) return true;
  return member !== undefined && Reflect.hasOwnMetadata(OPEN, member.owner, member.name);
}

/** What was marked on a class, on a handler, and on the method under whose name the handler is; each once. */
function marksOf<T>(
  key: symbol,
  type: Type,
  handler: object,
  member: Member | undefined,
): readonly T[] {
  return [
    ...new Set([
      ...marksOn<T>(key, type),
      ...marksOn<T>(key, handler),
      ...(member ? marksOn<T>(key, type.prototype, member.name) : []),
    ]),
  ];
}

/** With those of what it inherits from. */
function marksOn<T>(key: symbol, target: object, name?: string | symbol): readonly T[] {
  const marks: readonly T[] | undefined =
    name === undefined ? Reflect.getMetadata(key, target) : Reflect.getMetadata(key, target, name);
  return marks ?? [];
}
