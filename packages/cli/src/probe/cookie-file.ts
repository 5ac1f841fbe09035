import { cliError } from '../cli-error.js';
import type { Target } from './target.js';

/**
 * Reads a session from a file: the value of a `Cookie` header in one line, or what browsers and curl write (Netscape's format),
 * of which those are taken that the address would get.
 *
 * @throws An error that never quotes the file.
 */
export function readCookieFile(text: string, target: Target, file: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  const fields = lines
    .filter((line) => !/^#(?!HttpOnly_)/.test(line))
    .map((line) => line.replace(/^#HttpOnly_/, '').split('\t'));
  const isNetscape = fields.length > 0 && fields.every(({ length }) => length >= 6);
  const cookie = isNetscape ? fromNetscape(fields, target) : fromHeader(lines);
  if (cookie === undefined || !/^[\x21-\x7e]+=[\x20-\x7e]*$/.test(cookie)) {
    throw cliError(
      `--cookie-file: ${JSON.stringify(file)} ${
        isNetscape ? `has no cookie for ${target.host}` : 'is no cookie'
      }; write the value of the Cookie header in one line (name=value; name2=value2), or a cookies.txt of a browser or curl`,
    );
  }
  return cookie;
}

function fromHeader(lines: readonly string[]): string | undefined {
  const [line, ...others] = lines;
  return others.length > 0 ? undefined : line?.replace(/^cookie:/i, '').trim();
}

/** domain, whether its subdomains too, path, secure, expiry, name, value. */
function fromNetscape(
  fields: readonly (readonly string[])[],
  { host, scheme }: Target,
): string | undefined {
  const now = Date.now() / 1000;
  const sent = fields.filter(([domain = '', subdomains, , secure, expires]) => {
    const bare = domain.replace(/^\./, '').toLowerCase();
    const isHost =
      host === bare || ((subdomains === 'TRUE' || domain !== bare) && host.endsWith(`.${bare}`));
    const isAlive = Number(expires) === 0 || Number(expires) > now;
    return isHost && isAlive && (secure !== 'TRUE' || scheme === 'https');
  });
  if (sent.length === 0) return undefined;
  return sent.map(([, , , , , name, value = '']) => `${name}=${value}`).join('; ');
}
