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
    void tell(log, `trusted-header: ${cause}`);
  };
}

/** What observes harms nobody (D5): neither if it throws, nor if it gives a promise that rejects, which ends a Node process. */
async function tell(log: (line: string) => unknown, line: string): Promise<void> {
  try {
    await log(line);
  } catch {
    // It failed.
  }
}

function describe(error: unknown): string {
  if (isNamed(error, 'NoSessionHereError')) return `a request gets 503: ${error.message}`;
  return `nobody can be signed in, requests get 503: ${causeOf(error)}`;
}

function causeOf(error: unknown): string {
  if (isNamed(error, 'UserLookupError') || isNamed(error, 'NoSessionError')) {
    const cause = error.cause === undefined ? '' : ` (${nameOf(error.cause)})`;
    return `${error.message}${cause}`;
  }
  return `the session store threw (${nameOf(error)})`;
}

/** Ours, by name: another copy of this package has a class of its own (A8). */
function isNamed(error: unknown, name: string): error is Error {
  return error instanceof Error && read(error, 'name') === name;
}

/** `Error ECONNREFUSED`: what is short and has no spaces is a name, and no text. */
function nameOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return typeof error;
  const words = ['name', 'code'].map((key) => read(error, key));
  return words.filter((it) => /^[\w-]{1,40}$/.test(it)).join(' ') || 'object';
}

/** Anything can be thrown, also what throws when it is looked at. */
function read(error: object, key: string): string {
  try {
    const value: unknown = Reflect.get(error, key);
    return typeof value === 'string' ? value : '';
  } catch {
    return '';
  }
}
