import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type RegisteredRole, roleGuard, userGuard } from '@trusted-header/login';
import { asking } from './asking.js';
import { handlerName } from './exception-for.js';
import { keptUser } from './kept-user.js';
import { type Decorator, markUserGuarded } from './rules.js';
import { sessionRequestIn } from './session-request.js';
import { SignInGuard } from './sign-in-guard.js';
import { SignInMethodGuard } from './sign-in-method-guard.js';

/**
 * Lets only users with this role or a higher one call a handler, or any of a class: 401 for nobody, 403 `role-missing` for somebody
 * else. Several on a class and its handlers all hold, and so do policies.
 *
 * Needs `SignInModule` with `roles`; without the module the application does not start. Refuses messages of gateways, subscriptions
 * and microservices, which have no session.
 *
 * @example
 * ```ts
 * import { Controller, Get } from '@nestjs/common';
 * import { RequireRole } from '@trusted-header/nestjs';
 *
 * @Controller('admin')
 * @RequireRole('admin')
 * export class AdminController {
 *   @Get()
 *   home() {
 *     return 'Hello admin';
 *   }
 * }
 * ```
 */
export function RequireRole(role: RegisteredRole): Decorator {
  return asking(markUserGuarded(roleGuard(role)), SignInGuard, SignInMethodGuard);
}

/**
 * Lets a request call a handler, or any of a class, only if somebody is signed in: 401 for nobody, and for whom the proxy names after a
 * sign-out. Otherwise as {@link RequireRole}.
 *
 * @example
 * ```ts
 * import { Controller, Get } from '@nestjs/common';
 * import { CurrentUser, RequireUser } from '@trusted-header/nestjs';
 *
 * @Controller('notes')
 * @RequireUser()
 * export class NotesController {
 *   @Get()
 *   mine(@CurrentUser() user: { id: number }) {
 *     return `notes of ${user.id}`;
 *   }
 * }
 * ```
 */
export function RequireUser(): Decorator {
  return asking(markUserGuarded(userGuard), SignInGuard, SignInMethodGuard);
}

/**
 * Gives a handler whom `find` or `create` gave; undefined where nobody is signed in: write `| undefined`, or `@RequireUser()`. In
 * controllers and resolvers.
 *
 * Throws where nobody has tried to sign anybody in: in gateways, subscriptions and microservices, which have no session, and without
 * `SignInGuard`. Nest compares no types here: write `RegisteredUser` of `@trusted-header/login`, and the compiler knows what it is.
 */
export const CurrentUser = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const subject = sessionRequestIn(context);
  const kept = subject && keptUser(subject.holder);
  if (!kept) {
    throw new Error(
      `@CurrentUser() found none in ${handlerName(context)}: it needs SignInGuard, and a request that can have a session`,
    );
  }
  return kept.user;
});
