import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { keptDecision } from '@trusted-header/core';
import type { Login } from '@trusted-header/login';
import { contextError, exceptionFor } from './exception-for.js';
import { followOnce } from './follow-once.js';
import { FIRST_GUARD } from './options.js';
import { rulesFor } from './rules.js';
import { sessionRequestIn } from './session-request.js';
import { LOGIN } from './sign-in-options.js';

/**
 * Signs in whom the proxy names, and lets a request to its handler if that has the roles that the handler asks for.
 *
 * Before it touches a session it asks what `TrustedHeaderGuard` asks, in whatever order the modules are imported: whom a policy
 * denies is not signed in. Where there is no session (gateways, subscriptions, microservices) it signs nobody in, and refuses what
 * asks for a user.
 *
 * It is on every handler, unless the module was told `global: false`: then put `@UseGuards(SignInGuard)` on those that need it.
 */
@Injectable()
export class SignInGuard implements CanActivate {
  constructor(
    @Inject(LOGIN) private readonly login: Login<object, object>,
    @Inject(FIRST_GUARD) private readonly first: Required<CanActivate>,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // It throws where it refuses.
    await this.first.canActivate(context);
    const { isOpen, userGuards } = rulesFor(context);
    const subject = sessionRequestIn(context);
    const decision = subject && keptDecision(subject.holder);
    if (!decision) {
      if (userGuards.length === 0) return true;
      throw await contextError(context, NO_SESSION);
    }
    const refusal =
      (await followOnce(this.login, subject, decision, isOpen)) ??
      userGuards.map((guard) => guard(subject.holder)).find((it) => it !== undefined);
    if (refusal) throw await exceptionFor(context, refusal);
    return true;
  }
}

const NO_SESSION =
  'asks for a user or a role, and was called by what has no session: ask for @RequireGroups(…) or @RequirePolicy(…) there';
