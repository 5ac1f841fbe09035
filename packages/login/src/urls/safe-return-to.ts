import { checkOrigin } from './check-url.js';

const LONGEST = 2048;

/** What RFC 3986 allows in a URL: no control character, no white space, no `\`, nothing that is not ASCII. */
const URL_CHARACTERS = /^(?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;

/** A slash, backslash, percent sign, dot or control character that somebody behind us may decode into something else. */
const ENCODED_TRICK = /%(?:2f|5c|25|2e|[01][0-9a-f]|7f)/i;

/** An empty or dot segment, which somebody may resolve: `/a/..//evil.example` is `//evil.example` then. */
const ODD_SEGMENT = /\/(?:\/|\.{1,2}(?:\/|$))/;

/** Names by which sign-in pages take the way back, without `-` and `_`. */
const RETURN_NAMES =
  /^(?:returnto|returnurl|returnuri|return|rd|redir|redirect|redirectto|redirecturi|redirecturl|next|continue|goto|dest|destination|url|postloginredirecturi|postlogoutredirecturi|pomeriumredirecturi)$/;
/** What a path or a URL has, and a page number has not. */
const WAY_BACK = /[/\\:%]/;

/**
 * Gives the path to return to after a sign-in, or `/` where the wish cannot be followed safely (P6).
 *
 * Takes a path or a URL of this origin. Refuses other origins, `//host`, `\`, control characters, what is not ASCII, dot and
 * empty segments, encoded slashes, dots and percent signs in the path, more than 2 048 characters, and a way back that itself
 * holds a way back (`?returnTo=…`): such URLs grow with every redirect.
 *
 * @param value What came in the request. Anything.
 * @param origin The application's own origin, `https://app.example.com`. It is configuration: never made of a `Host` header.
 * @throws {ConfigError} `option-invalid`: the origin is none.
 */
export function safeReturnTo(value: unknown, origin: string): string {
  checkOrigin('origin', origin);
  if (typeof value !== 'string' || value.length > LONGEST + origin.length) return '/';
  const path = pathOf(value, origin);
  return isSafePath(path) ? path : '/';
}

/** What begins like the origin and goes on without a slash (`….evil.example`, `…@evil.example`) is no path: refused below. */
function pathOf(value: string, origin: string): string {
  return value.startsWith(origin) ? value.slice(origin.length) : value;
}

function isSafePath(text: string): boolean {
  if (text.length > LONGEST || !text.startsWith('/') || !URL_CHARACTERS.test(text)) return false;
  const path = text.replace(/[?#].*/, '');
  if (ODD_SEGMENT.test(path) || ENCODED_TRICK.test(path)) return false;
  // Single-page applications have parameters behind the `#` as well.
  return !text
    .slice(path.length)
    .split(/[?#&;]/)
    .some(isWayBack);
}

function isWayBack(parameter: string): boolean {
  const [name = ''] = parameter.split('=', 1);
  const plain = decodeURIComponentOr(name).toLowerCase().replace(/[-_]/g, '');
  return RETURN_NAMES.test(plain) && WAY_BACK.test(parameter.slice(name.length));
}

function decodeURIComponentOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
