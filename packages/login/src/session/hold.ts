/**
 * Says that somebody has signed out of the application, and who: the proxy still names them, and they are not to be signed
 * in again unasked. JSON-safe. It belongs where the end of the session does not reach: a cookie of its own, for example.
 */
export interface SignInHold {
  readonly v: 1;
  readonly user: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

const DAY_SECONDS = 86_400;

/**
 * Makes the hold that an application stores when somebody signs out.
 *
 * It holds this user only: whom the proxy names next at the same browser has signed in there, and is no second-guess of ours.
 * It is a courtesy and no protection: who can reach the proxy's cookie can sign in again.
 *
 * @param now Milliseconds since 1970.
 * @param seconds How long at most. Default: a day.
 */
export function holdSignIn(user: string, now: number, seconds: number = DAY_SECONDS): SignInHold {
  return { v: 1, user, until: now + seconds * 1000 };
}

/** Tells whether a stored hold is for this user and not over. What is no hold of ours holds nobody. */
export function isHeld(hold: unknown, user: string, now: number): boolean {
  return isHold(hold) && hold.user === user && now < hold.until;
}

/** Tells whether something that was stored is a hold of ours. */
export function isHold(stored: unknown): stored is SignInHold {
  if (typeof stored !== 'object' || stored === null) return false;
  const fields = new Map<string, unknown>(Object.entries(stored));
  const isOurs = fields.get('v') === 1 && typeof fields.get('user') === 'string';
  return isOurs && typeof fields.get('until') === 'number';
}
