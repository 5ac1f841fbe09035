/**
 * Gives those lines of `setCookies` whose cookies a response does not set itself. What better-auth's own handler sets comes later than
 * `followDecision`, and counts: after its sign-out, a session that had just begun would sign the person in again.
 *
 * @param setCookies - `Set-Cookie` lines, of {@link followDecision}.
 * @param headers - The response's, after the handler.
 *
 * @example
 * ```ts
 * import { missingCookies } from '@trusted-header/better-auth';
 *
 * const response = new Response('signed out', { headers: { 'set-cookie': 'session=; Max-Age=0' } });
 * const lines = missingCookies(['session=abc; Path=/'], response.headers);
 * console.log(lines); // []
 * ```
 */
export function missingCookies(setCookies: readonly string[], headers: Headers): readonly string[] {
  const own = new Set(headers.getSetCookie().map(nameOf));
  return setCookies.filter((line) => !own.has(nameOf(line)));
}

function nameOf(line: string): string {
  return line.slice(0, line.indexOf('=')).trim();
}
