import { type ExecutionContext, Injectable } from '@nestjs/common';
import { rulesFor } from './rules.js';
import { SignInGuard } from './sign-in-guard.js';

/** Asks about methods that ask for a user, and about no others of their class: see `RequireRole`. */
@Injectable()
export class SignInMethodGuard extends SignInGuard {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    return rulesFor(context).userGuards.length === 0 || super.canActivate(context);
  }
}
