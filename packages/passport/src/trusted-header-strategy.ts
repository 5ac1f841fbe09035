import { type Identity, isOpenPath, keptDecision } from '@trusted-header/core';
import { reconcileSession } from '@trusted-header/login';
import { shapeOf } from '@trusted-header/node';
import { type Actions, type Answer, answerOf, failed, identityIn, passed } from './answer.js';
import { changeLogIn, hangUp, nodeRequestOf, showNobody } from './passport-request.js';
import { endSession, readBinding, writeBinding } from './passport-session.js';
import { readStrategyArguments, type StrategyOptions } from './strategy-options.js';
import { type Verified, type Verify, type VerifyWithRequest, verified } from './verify.js';

/**
 * Signs in whom the proxy names, as a strategy of Passport's: reads the decision of `trustedHeader`, which has to be before it, and never
 * a header.
 *
 * With sessions, which are Passport's default, it follows the proxy (P2): signs in when a session begins, and when the proxy names somebody
 * else or other groups, which clears the session's data; signs out when the proxy names nobody; and in between leaves the session as it is,
 * so that its id stays. `verify` is asked at each request. On `open` paths nobody may pass, and nothing is ended.
 *
 * With `{ session: false }`, as `AuthGuard` of Nest has it, no session is looked at, and nobody passes.
 *
 * Answers 401 for nobody and for whom `verify` does not know, 403 for a claim that is not believed.
 *
 * @example
 * ```ts
 * import { trustedHeader } from '@trusted-header/express';
 * import { TrustedHeaderStrategy } from '@trusted-header/passport';
 * import express from 'express';
 * import passport from 'passport';
 *
 * passport.use(new TrustedHeaderStrategy((identity, done) => done(null, { name: identity.user })));
 *
 * const app = express();
 * app.use(trustedHeader({ trustedProxies: process.env.TRUSTED_PROXIES }));
 * app.use(passport.authenticate('trusted-header', { session: false }));
 * ```
 */
export class TrustedHeaderStrategy<Request extends object = object, User extends object = object> {
  /** What `passport.authenticate(…)` calls it. */
  name = 'trusted-header';

  /** Passport puts these on what it makes of the strategy for each request. */
  declare success: Actions['success'];
  declare fail: Actions['fail'];
  declare redirect: Actions['redirect'];
  declare pass: Actions['pass'];
  declare error: Actions['error'];

  private readonly verify: VerifyWithRequest<Request, User>;
  private readonly otherLogin: StrategyOptions<Request>['otherLogin'] | undefined;

  /** @throws {ConfigError} `option-invalid` */
  constructor(verify: Verify<User>);
  constructor(
    options: StrategyOptions<Request> & { readonly passReqToCallback?: false },
    verify: Verify<User>,
  );
  constructor(
    options: StrategyOptions<Request> & { readonly passReqToCallback: true },
    verify: VerifyWithRequest<Request, User>,
  );
  constructor(
    ...args: readonly (StrategyOptions<Request> | Verify<User> | VerifyWithRequest<Request, User>)[]
  ) {
    const { verify, otherLogin } = readStrategyArguments<Request, User>(args);
    this.verify = verify;
    this.otherLogin = otherLogin;
  }

  /** Passport calls it, on an object that has what it answers with. */
  authenticate(req: Request, options: AuthenticateOptions = {}): void {
    this.answerTo(req, options)
      .then((answer) => answer(this))
      .catch((error) => this.error(error))
      // A callback of the application's: nobody would catch it here, and an unhandled rejection ends the process.
      .catch((error) => hangUp(req, error));
  }

  private async answerTo(req: Request, options: AuthenticateOptions): Promise<Answer> {
    const holder = nodeRequestOf(req);
    const decision = holder && keptDecision(holder);
    if (!decision) {
      throw new Error('TrustedHeaderStrategy found no decision: put trustedHeader(…) before it');
    }
    const identity = identityIn(decision);
    // `passport.authorize()` connects an account and signs nobody in: it assigns a property.
    if (options.session === false || options.assignProperty !== undefined) {
      return identity ? answerOf(await this.ask(req, identity)) : failed(decision);
    }
    const open = isOpenPath(shapeOf(holder));
    const otherLogin = (await this.otherLogin?.(req)) === true;
    const action = reconcileSession(readBinding(req), decision, { open, otherLogin });
    if (action.kind === 'end') await endSession(req);
    const isRefused = decision.kind === 'refused';
    if (action.kind === 'none' && !isRefused && (otherLogin || identity)) return passed;
    if (!identity) {
      await showNobody(req);
      return open && !isRefused ? passed : failed(decision);
    }
    if (action.kind === 'none' || action.kind === 'end') return failed(decision);

    // Whoever it was is gone before anything of this user's can fail: an error page shows what is left.
    if (action.kind === 'switch') await endSession(req);
    if (action.kind !== 'keep') await showNobody(req);
    const found = await this.ask(req, identity);
    const { user } = found;
    if (!user) {
      // The proxy names somebody whom the application no longer knows.
      if (action.kind === 'keep') await endSession(req);
      await showNobody(req);
      return answerOf(found);
    }
    if (action.kind === 'keep') {
      changeLogIn(req, user, { session: false });
    } else {
      if (action.kind === 'start') await endSession(req);
      changeLogIn(req, user, { onSession: () => writeBinding(req, action.binding) });
    }
    return answerOf(found);
  }

  private ask(req: Request, identity: Identity): Promise<Verified<User>> {
    return verified<User>((done) => this.verify(req, identity, done));
  }
}

/** What is used of what `passport.authenticate(…)` is told. */
interface AuthenticateOptions {
  readonly session?: unknown;
  readonly assignProperty?: unknown;
}
