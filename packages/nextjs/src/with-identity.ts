import type { GuardArguments, Identity } from '@trusted-header/core';
import { answerRefusal } from './answer-refusal.js';
import { compileAdmission } from './compile-admission.js';
import { findDecided } from './find-decision.js';
import { undecidedResponse } from './problem-response.js';

/**
 * Wraps a route handler that runs only for an identity which the policy admits; anybody else gets the problem (D2), 401
 * or 403.
 *
 * @param handler Gets the identity before what Next gives it.
 * @param policy Without it, or with `anyUser`, any authenticated user passes; one that is given and undefined is an error.
 * @throws {ConfigError} `policy-invalid`, at construction.
 *
 * @example
 * ```ts
 * // app/api/users/route.ts
 * import { withIdentity } from '@trusted-header/nextjs';
 *
 * export const GET = withIdentity(
 *   ({ user }) => Response.json({ hello: user }),
 *   { groups: { anyOf: ['admin'] } },
 * );
 * ```
 */
export function withIdentity<Incoming extends Request, Context>(
  handler: (
    identity: Identity,
    request: Incoming,
    context: Context,
  ) => Response | Promise<Response>,
  ...policy: GuardArguments
): (request: Incoming, context: Context) => Promise<Response> {
  const admit = compileAdmission(...policy);
  return async (request, context) => {
    const found = await findDecided(request);
    const admission = admit(found);
    switch (admission.kind) {
      case 'admitted':
        return handler(admission.identity, request, context);
      case 'stopped':
        return answerRefusal(admission.refusal, request, 'decision' in found ? found : undefined);
      case 'undecided':
        return undecidedResponse(admission.reason, request);
    }
  };
}
