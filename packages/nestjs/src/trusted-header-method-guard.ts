import { type ExecutionContext, Injectable } from '@nestjs/common';
import { rulesFor } from './rules.js';
import { TrustedHeaderGuard } from './trusted-header-guard.js';

/** Asks about methods with a policy, and about no others of their class: see `RequirePolicy`. */
@Injectable()
export class TrustedHeaderMethodGuard extends TrustedHeaderGuard {
  override canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    return rulesFor(context).guards.length === 0 || super.canActivate(context);
  }
}
