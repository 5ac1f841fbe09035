/** Shorter values than this are in every text by chance. */
const SHORTEST = 6;

/** What stands where a secret was. */
const HIDDEN = '(hidden)';

/**
 * Makes a function that takes the token and the cookie out of a text.
 *
 * Whatever a server answers goes through it first, so that one which repeats them cannot bring them into a report.
 */
export function hideSecrets(
  token: string | undefined,
  cookie: string | undefined,
): (text: string) => string {
  const pairs = (cookie ?? '').split(';').map((pair) => pair.trim());
  const values = pairs.map((pair) => pair.slice(pair.indexOf('=') + 1).replace(/^"(.*)"$/, '$1'));
  const secrets = [token ?? '', cookie ?? '', ...pairs, ...values]
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .filter((secret) => secret.length >= SHORTEST)
    // The longest first: what holds another one must not be cut in the middle.
    .sort((one, other) => other.length - one.length);
  const parts = [...new Set(secrets)].map((secret) =>
    secret.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'),
  );
  if (parts.length === 0) return (text) => text;
  const pattern = new RegExp(parts.join('|'), 'gi');
  return (text) => unescaped(text).replace(pattern, HIDDEN);
}

/** JSON can write every character in several ways: in the one that is left, a secret is found. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}
