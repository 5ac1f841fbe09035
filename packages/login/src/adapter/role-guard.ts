import { type Anonymous, type Refusal, refusalOf, tellDenial } from '@trusted-header/core';
import { type SignedIn, signedIn } from './create-login.js';
import type { RegisteredRole } from './register.js';

/** Tells what keeps a request from what a role protects: undefined lets it through. */
export type RoleGuard = (holder: object) => Refusal | undefined;

/** Somebody is named and not signed in: has signed out, or another login is in force. */
const NOT_SIGNED_IN: Anonymous = Object.freeze({ kind: 'anonymous', trusted: true });
const NO_ROLE: Refusal = Object.freeze({ kind: 'denied', reason: 'role-missing' });

/**
 * Compiles what `requireRole(role)` asks of a request, the same in all adapters: a user who has this role or a higher one (R1).
 *
 * The guard throws where no `signIn` has seen the request, where that has no roles, and where it has not this one: a route that
 * asks for a role that cannot be is a mistake to be seen, and no denial.
 *
 * @param role A role of `defineRoles`; which there are, {@link Register} tells TypeScript.
 */
export function roleGuard(role: RegisteredRole): RoleGuard {
  return (holder) => {
    const known = seen(holder, 'requireRole');
    const refusal = refusalWithoutUser(known, holder);
    if (refusal) return refusal;
    if (hasAtLeast(known, role)) return undefined;
    const detail = `the route asks for the role ${JSON.stringify(role)}`;
    tellDenial(known.decision, { reason: 'role-missing', detail }, holder);
    return NO_ROLE;
  };
}

/**
 * Tells what keeps a request from what any user may have, the same in all adapters (`requireUser()`): somebody who is signed in.
 * Whom the proxy names is not, after a sign-out.
 */
export function userGuard(holder: object): Refusal | undefined {
  return refusalWithoutUser(seen(holder, 'requireUser'), holder);
}

function refusalWithoutUser({ decision, result }: SignedIn, holder: object): Refusal | undefined {
  if (result.refusal) return result.refusal;
  return result.user ? undefined : (refusalOf(decision, 'refuse', holder) ?? NOT_SIGNED_IN);
}

function seen(holder: object, name: string): SignedIn {
  const known = signedIn(holder);
  if (!known) throw new Error(`${name}() found no user: put signIn(…) before it`);
  return known;
}

function hasAtLeast({ held, names }: SignedIn, role: string): boolean {
  const rank = names.indexOf(role);
  if (rank < 0) {
    const known = names.map((name) => JSON.stringify(name)).join(', ');
    throw new Error(
      known === ''
        ? `requireRole(${JSON.stringify(role)}): give signIn({ roles: defineRoles({ … }) })`
        : `requireRole(${JSON.stringify(role)}): there is no such role, only ${known}`,
    );
  }
  const [highest] = held ?? [];
  return highest !== undefined && names.indexOf(highest) <= rank;
}
