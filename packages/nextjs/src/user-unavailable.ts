/**
 * What a page ends with while nobody can say who the user is: `find` or `create` has failed, or the session library. An error
 * boundary (`error.tsx`) knows it by `error.digest === 'user-unavailable'`; in production, Next hides names and messages from it.
 */
export function userUnavailable(): Error {
  const message = 'nobody can say who the user is: the line in the log tells why';
  const error = Object.assign(new Error(message), { digest: 'user-unavailable' });
  error.name = 'UserUnavailableError';
  return error;
}
