import { ConfigError, type ConfigIssue, configIssue } from '@trusted-header/core';
import type { MaybePromise } from '@trusted-header/login';
import type { Verify, VerifyWithRequest } from './verify.js';

export interface StrategyOptions<Request extends object = object> {
  /** Whether `verify` gets the request first. Default false. */
  readonly passReqToCallback?: boolean;
  /**
   * Tells whether another login of the application has signed somebody in on the request's session. Such a session is left alone, and
   * the request goes on. Without it, the proxy's user takes the session over. **What it gives true for is believed for whomever the proxy
   * names**: look for a mark that the other login has set in its session.
   */
  readonly otherLogin?: (req: Request) => MaybePromise<boolean>;
}

/** What a strategy works with. */
interface StrategySettings<Request extends object, User> {
  readonly verify: VerifyWithRequest<Request, User>;
  readonly otherLogin: StrategyOptions<Request>['otherLogin'] | undefined;
}

/**
 * Reads what a strategy was made of: `(verify)`, or `(options, verify)`.
 *
 * @throws {ConfigError} `option-invalid`
 */
export function readStrategyArguments<Request extends object, User>(
  args: readonly (StrategyOptions<Request> | Verify<User> | VerifyWithRequest<Request, User>)[],
): StrategySettings<Request, User> {
  const verify: unknown = args[args.length - 1];
  const [options = {}] = args.slice(0, -1).filter(isOptions);
  const issues = issuesOf(options);
  if (typeof verify !== 'function') {
    const instead = 'write (identity, done) => done(null, user)';
    issues.push(configIssue('verify', verify, 'is no function', instead));
  } else if (issues.length === 0) {
    const { passReqToCallback, otherLogin } = options;
    return {
      otherLogin,
      verify: (req, ...rest) =>
        Reflect.apply(verify, undefined, passReqToCallback === true ? [req, ...rest] : rest),
    };
  }
  throw new ConfigError('option-invalid', issues);
}

function issuesOf(options: object): ConfigIssue[] {
  return Object.entries(options).flatMap(([name, value]): ConfigIssue[] => {
    if (value === undefined) return [];
    if (name === 'passReqToCallback') {
      if (typeof value === 'boolean') return [];
      return [configIssue(name, value, 'is not a choice', 'write true or false')];
    }
    if (name !== 'otherLogin') {
      const instead = 'write passReqToCallback or otherLogin';
      return [configIssue(name, name, 'is not a setting', instead)];
    }
    if (typeof value === 'function') return [];
    const instead = 'write (req) => whether somebody is signed in otherwise';
    return [configIssue(name, value, 'is no function', instead)];
  });
}

function isOptions<Request extends object>(
  value: StrategyOptions<Request> | ((...args: never[]) => unknown),
): value is StrategyOptions<Request> {
  return typeof value === 'object';
}
