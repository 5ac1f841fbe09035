/** The session middleware is missing, or comes behind `signIn`. The message is of ours, and can be shown. */
export class NoSessionError extends Error {
  override readonly name = 'NoSessionError';
}

/** This request has no session, and others have. The message is of ours, and can be shown. */
export class NoSessionHereError extends Error {
  override readonly name = 'NoSessionHereError';
}

/**
 * Gives what should be the session of a library, if it has these functions.
 *
 * @typeParam Session What is used of it.
 * @param missing What to do where it is not there.
 * @throws an error that says so, which `signIn` answers with 503, and logs.
 */
export function sessionIn<Session extends object>(
  value: unknown,
  functions: readonly (keyof Session & string)[],
  missing: string,
): Session {
  if (hasFunctions<Session>(value, functions)) return value;
  throw new NoSessionError(`signIn() found no session: ${missing}`);
}

/** Not by `in`: the session of @fastify/secure-session is a proxy without it. */
function hasFunctions<Session extends object>(
  value: unknown,
  names: readonly string[],
): value is Session {
  if (typeof value !== 'object' || value === null) return false;
  return names.every((name) => typeof Reflect.get(value, name) === 'function');
}
