import {
  createSlot,
  type Decision,
  type Refusal,
  type Slot,
  sharedState,
} from '@trusted-header/core';
import type { Login } from '@trusted-header/login';
import { shapeOf } from '@trusted-header/node';
import { keepUser } from './kept-user.js';
import type { SessionRequest } from './session-request.js';

/** What came of following the proxy, for a request, and whether the handler that asked first was open. */
interface Followed {
  readonly isOpen: boolean;
  readonly refusal: Promise<Refusal | undefined>;
}

const followed = sharedState<Slot<Followed>>('followed by nestjs', createSlot);

/**
 * Follows the proxy with the session, once for each request, however many guards and resolvers ask, and puts the user on it.
 *
 * @param isOpen Nobody is asked for by the handler. A handler that does ask, in the same request, is told anew: where the
 *   database is down, the first goes on without a user, and the second does not.
 */
export function followOnce(
  login: Login<object, object>,
  subject: SessionRequest,
  decision: Decision,
  isOpen: boolean,
): Promise<Refusal | undefined> {
  const earlier = followed.get(subject.holder);
  if (earlier && (isOpen || !earlier.isOpen)) return earlier.refusal;
  const refusal = follow(login, subject, decision, isOpen);
  followed.set(subject.holder, { isOpen, refusal });
  return refusal;
}

async function follow(
  login: Login<object, object>,
  { request, holder }: SessionRequest,
  decision: Decision,
  isOpen: boolean,
): Promise<Refusal | undefined> {
  const facts = { holder, decision, shape: shapeOf(holder), open: isOpen };
  const { user, refusal, isOthers } = await login.follow(request, facts);
  keepUser(request, holder, user, isOthers);
  return refusal;
}
