import type { RoleGuard } from '@trusted-header/login';
import { answerRefusal } from './answer-refusal.js';
import type { RequestFollower } from './follow-request.js';
import { undecidedResponse } from './problem-response.js';

/** A route handler that gets the user before what Next gives it. */
export type UserHandler<User, Incoming extends Request, Context> = (
  user: User,
  request: Incoming,
  context: Context,
) => Response | Promise<Response>;

/** Wraps a route handler: it runs for a user whom the guard lets pass, and others get the problem (D2). */
export function withUserOf<User, Incoming extends Request, Context>(
  follower: Pick<RequestFollower<User>, 'find'>,
  handler: UserHandler<User, Incoming, Context>,
  guard: RoleGuard,
): (request: Incoming, context: Context) => Promise<Response> {
  return async (request, context) => {
    const found = await follower.find();
    if (found.kind === 'undecided') return undecidedResponse(found.reason, request);
    const refusal = guard(found.holder);
    if (refusal) return answerRefusal(refusal, request, found.decided);
    const { user } = found.result;
    // A guard lets nobody else pass.
    if (!user) throw new Error('a guard has let pass a request without a user');
    return handler(user, request, context);
  };
}
