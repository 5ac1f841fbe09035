/**
 * Gives the session that a library has put on a request.
 *
 * @typeParam Session What is used of it; that the library has it is for the application to choose.
 * @throws an error that says what is missing.
 */
export function sessionIn<Session extends { regenerate(...args: never[]): unknown }>(
  request: object,
  name: string,
  instead: string,
): Session {
  const session: unknown = Reflect.get(request, 'session');
  if (isSession<Session>(session)) return session;
  throw new Error(`signIn({ session: ${name} }) found no session: ${instead}`);
}

function isSession<Session>(value: unknown): value is Session {
  return typeof value === 'object' && value !== null && 'regenerate' in value;
}
