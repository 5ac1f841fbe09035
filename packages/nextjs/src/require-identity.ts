import { type anyUser, type Identity, type Policy, problemOf } from '@trusted-header/core';
import { compileAdmission } from './compile-admission.js';
import type { RequestWithHeaders } from './find-decision.js';
import { getDecision } from './get-decision.js';
import { explainUndecided } from './request-decision.js';

/**
 * Gives who is asking if the policy admits them, and otherwise ends the page, route handler or server action: 401 for
 * nobody, 403 for somebody else (`unauthorized.tsx` and `forbidden.tsx`, where `experimental.authInterrupts` is on).
 *
 * In the Pages router, where nothing can be ended so, the error is an ordinary one, and the answer 500.
 *
 * @param policy Without it, or with core's `anyUser`, any authenticated user passes; one that is given and undefined is an
 *   error.
 * @param request As for {@link getDecision}.
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
  ...given: readonly [policy?: Policy | typeof anyUser, request?: RequestWithHeaders]
): Promise<Identity> {
  // An argument that is undefined is not the same as none.
  const admit = given.length === 0 ? compileAdmission() : compileAdmission(given[0]);
  const admission = admit(await getDecision(given[1]));
  switch (admission.kind) {
    case 'admitted':
      return admission.identity;
    case 'stopped':
      throw interruption(problemOf(admission.refusal).status);
    case 'undecided':
      throw new Error(explainUndecided(admission.reason));
  }
}

/**
 * What `unauthorized()` and `forbidden()` of `next/navigation` throw. They themselves refuse to work without an
 * experimental setting, though Next understands their error without it.
 */
function interruption(status: 401 | 403): Error {
  const digest = `NEXT_HTTP_ERROR_FALLBACK;${status}`;
  return Object.assign(new Error(digest), { digest });
}
