import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { compileGuard, type GuardArguments } from '@trusted-header/core';
import { asking } from './asking.js';
import { decisionIn } from './decision-in.js';
import { identityIn } from './decision-of.js';
import { type Decorator, markGuarded, markOpen } from './rules.js';
import { TrustedHeaderGuard } from './trusted-header-guard.js';
import { TrustedHeaderMethodGuard } from './trusted-header-method-guard.js';

/**
 * Lets requests without an identity call a handler, or all of a class. A claim that is not believed stays refused, and a
 * policy on the class or the handler goes before this.
 *
 * In contexts that know no requests (microservices) this is the only way to be called at all.
 *
 * @example
 * ```ts
 * import { Controller, Get } from '@nestjs/common';
 * import { AllowAnonymous } from '@trusted-header/nestjs';
 *
 * @Controller()
 * export class HealthController {
 *   @AllowAnonymous()
 *   @Get('health')
 *   health() {
 *     return 'ok';
 *   }
 * }
 * ```
 */
export function AllowAnonymous(): Decorator {
  return markOpen();
}

/**
 * Lets only those identities call a handler, or any of a class, which the policy admits. Several on a class and its
 * handlers all hold, also where the guard is not global.
 *
 * @param policy Without it, or with `anyUser`, any authenticated user passes; one that is given and undefined is an error.
 * @throws {ConfigError} `policy-invalid`, when the class is defined.
 *
 * @example
 * ```ts
 * import { Controller, Delete } from '@nestjs/common';
 * import { RequirePolicy } from '@trusted-header/nestjs';
 *
 * @Controller('users')
 * export class UsersController {
 *   @RequirePolicy({ groups: { allOf: ['admin', 'hr'] } })
 *   @Delete()
 *   removeAll() {}
 * }
 * ```
 */
export function RequirePolicy(...policy: GuardArguments): Decorator {
  const marked = markGuarded(compileGuard(...policy));
  return asking(marked, TrustedHeaderGuard, TrustedHeaderMethodGuard);
}

/**
 * Lets only members of at least one of these groups call a handler, or any of a class. Without groups, nobody.
 *
 * @example
 * ```ts
 * import { Controller, Get } from '@nestjs/common';
 * import { RequireGroups } from '@trusted-header/nestjs';
 *
 * @Controller('admin')
 * @RequireGroups('admin')
 * export class AdminController {
 *   @Get()
 *   home() {
 *     return 'Hello admin';
 *   }
 * }
 * ```
 */
export function RequireGroups(...groups: readonly string[]): Decorator {
  return RequirePolicy({ groups: { anyOf: groups } });
}

/**
 * Gives a handler who is asking; undefined where `@AllowAnonymous()` let nobody in. In controllers, resolvers and gateways.
 *
 * @example
 * ```ts
 * import { Controller, Get } from '@nestjs/common';
 * import { CurrentIdentity, type Identity } from '@trusted-header/nestjs';
 *
 * @Controller()
 * export class HomeController {
 *   @Get()
 *   home(@CurrentIdentity() identity: Identity) {
 *     return `Hello ${identity.user}`;
 *   }
 * }
 * ```
 */
export const CurrentIdentity = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  identityIn(decisionIn(context)),
);
