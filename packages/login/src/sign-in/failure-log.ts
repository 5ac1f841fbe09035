import { UserLookupError } from '../users/user-lookup-error.js';

const MINUTE_MS = 60_000;

/**
 * Makes what writes a line when nobody can say who the user is, at most once a minute for each cause. The line holds the error's
 * name and code, and nothing of the request: what a database says may quote it.
 */
export function createFailureLog(
  log: ((line: string) => void) | false = (line) => console.warn(line),
): (error: unknown) => void {
  const written = new Map<string, number>();
  return (error) => {
    if (log === false) return;
    const cause = describe(error);
    const age = Date.now() - (written.get(cause) ?? Number.NEGATIVE_INFINITY);
    if (age >= 0 && age < MINUTE_MS) return;
    if (written.size >= 100) written.clear();
    written.set(cause, Date.now());
    try {
      log(`trusted-header: nobody can be signed in, requests get 503: ${cause}`);
    } catch {
      // What observes harms nobody (D5).
    }
  };
}

function describe(error: unknown): string {
  if (error instanceof UserLookupError) {
    const cause = error.cause === undefined ? '' : ` (${nameOf(error.cause)})`;
    return `${error.message}${cause}`;
  }
  return `the session store threw (${nameOf(error)})`;
}

/** `Error ECONNREFUSED`: what is short and has no spaces is a name, and no text. */
function nameOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return typeof error;
  const name: unknown = Reflect.get(error, 'name');
  const code: unknown = Reflect.get(error, 'code');
  const words = [name, code].filter((it) => typeof it === 'string' && /^[\w-]{1,40}$/.test(it));
  return words.join(' ') || 'object';
}
