import { type GuardArguments, type Identity, problemOf } from '@trusted-header/core';
import { compileAdmission } from './compile-admission.js';
import type { RequestWithHeaders } from './find-decision.js';
import { getDecided } from './get-decided.js';
import { interruption } from './interruption.js';
import { explainUndecided } from './request-decision.js';

/**
 * Gives who is asking if the policy admits them, and otherwise ends the page, route handler or server action: 401 for
 * nobody, 403 for somebody else (`unauthorized.tsx` and `forbidden.tsx`, where `experimental.authInterrupts` is on).
 *
 * In the Pages router, where nothing can be ended so, the error is an ordinary one, and the answer 500.
 *
 * @param args A policy; without it, or with `anyUser`, any authenticated user passes, and one that is given and undefined is an
 *   error. Then the request, as for {@link getDecision}.
 * @throws {ConfigError} `policy-invalid`
 *
 * @example
 * ```ts
 * import { requireIdentity } from '@trusted-header/nextjs';
 *
 * export default async function AdminPage() {
 *   const { user } = await requireIdentity({ groups: { anyOf: ['admin'] } });
 *   return `Hello ${user}`;
 * }
 * ```
 */
export async function requireIdentity(
  ...args: readonly [...policy: GuardArguments, request?: RequestWithHeaders]
): Promise<Identity> {
  const [policy, request] = args;
  const admit = args.length === 0 ? compileAdmission() : compileAdmission(policy);
  const admission = admit(await getDecided(request));
  switch (admission.kind) {
    case 'admitted':
      return admission.identity;
    case 'stopped':
      throw interruption(problemOf(admission.refusal).status);
    case 'undecided':
      throw new Error(explainUndecided(admission.reason));
  }
}
