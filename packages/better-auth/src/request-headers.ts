/**
 * Gives a request's headers with the cookies that its response sets: what better-auth is to be asked with from now on. Cookies
 * without a value are gone. So is a bearer token, which better-auth would prefer to the cookie.
 */
export function withCookies(headers: Headers, setCookies: readonly string[]): Headers {
  if (setCookies.length === 0) return headers;
  // Of two lines for one name the last counts.
  const set = new Map(setCookies.map(pairOf).map((pair) => [nameOf(pair), pair]));
  const kept = cookiesOf(headers).filter((pair) => !set.has(nameOf(pair)));
  return withCookie(headers, [...kept, ...[...set.values()].filter((it) => !it.endsWith('='))]);
}

/** Gives the names of a request's cookies, each once. */
export function cookieNames(headers: Headers | undefined): readonly string[] {
  return headers ? [...new Set(cookiesOf(headers).map(nameOf))] : [];
}

/** Gives a request's headers without these cookies. */
export function withoutCookies(headers: Headers, names: readonly string[]): Headers {
  if (names.length === 0) return headers;
  const changed = new Headers(headers);
  const kept = cookiesOf(headers).filter((pair) => !names.includes(nameOf(pair)));
  if (kept.length > 0) changed.set('cookie', kept.join('; '));
  else changed.delete('cookie');
  return changed;
}

/** Gives a request's headers without anything by which better-auth could know somebody. */
export function withoutCredentials(headers: Headers): Headers {
  return withCookie(headers, []);
}

function withCookie(headers: Headers, pairs: readonly string[]): Headers {
  const changed = new Headers(headers);
  changed.delete('authorization');
  if (pairs.length > 0) changed.set('cookie', pairs.join('; '));
  else changed.delete('cookie');
  return changed;
}

function cookiesOf(headers: Headers): readonly string[] {
  const text = headers.get('cookie') ?? '';
  return text.split(';').flatMap((pair) => (pair.trim() === '' ? [] : [pair.trim()]));
}

function pairOf(line: string): string {
  return line.split(';', 1)[0] ?? '';
}

function nameOf(pair: string): string {
  const at = pair.indexOf('=');
  return at < 0 ? '' : pair.slice(0, at).trim();
}
