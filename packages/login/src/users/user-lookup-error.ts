/** What came of asking the application for its user: it threw, it did not answer in time, or gave no user and no `null`. */
export type UserLookupErrorCode = 'lookup-failed' | 'lookup-timeout' | 'lookup-invalid';

/**
 * Tells that nobody knows who the user is, for now: a 503, never a sign-out. `cause` is what `find` or `create` threw.
 *
 * `message` holds nothing of the request; `cause` may.
 */
export class UserLookupError extends Error {
  readonly code: UserLookupErrorCode;
  readonly step: 'find' | 'create';

  constructor(
    code: UserLookupErrorCode,
    step: 'find' | 'create',
    message: string,
    options?: { readonly cause: unknown },
  ) {
    super(`${step}: ${message}`, options);
    this.name = 'UserLookupError';
    this.code = code;
    this.step = step;
  }
}
