import { parseLoopbackUrl } from '../loopback.js';
import { cleanPath, decodePath } from './clean-path.js';

/** What a visitor asked a reverse proxy for. */
export interface Target {
  readonly method: string;
  /** The whole URL, as it came: what `rd` says. One character a byte. */
  readonly url: string;
  readonly hostname: string;
  /** Decoded and cleaned: what the rules match. */
  readonly path: string;
}

/**
 * Reads an absolute http, https, ws or wss URL without changing it: no slash is added, no path is resolved.
 *
 * Refuses a host that is not this machine, user info, a bad percent-encoding, and a method that is not all A to Z.
 * Source: Go's `url.ParseRequestURI` and `URL.String`, which Authelia reads and writes the target with.
 */
export function parseTarget(
  method: string | undefined,
  text: string | undefined,
): Target | undefined {
  const parts = /^(https?|wss?):\/\/([^/?]+)([^?]*)(.*)$/is.exec(text ?? '');
  if (!parts || method === undefined || !/^[A-Z]+$/.test(method)) return undefined;
  const [, scheme = '', host = '', path = '', query = ''] = parts;
  const origin = parseLoopbackUrl(`http://${host}/`);
  const cleaned = cleanPath(path);
  if (origin?.pathname !== '/' || origin.hash !== '' || cleaned === undefined) return undefined;
  const url = `${scheme.toLowerCase()}://${host}${writable(path)}${query}`;
  return { method, url, hostname: origin.hostname, path: cleaned };
}

/** A path that could not stand in a URL is encoded anew, as a whole; any other one stays as it came. */
function writable(path: string): string {
  if (/^[\w\-.~!$&'()*+,;=:@[\]%/]*$/.test(path)) return path;
  return (decodePath(path) ?? path).replaceAll(/[^\w\-.~$&+,/:;=@]/g, percent);
}

/** Encodes text for a query as Go does: a space becomes `+`, and only letters, digits and `-_.~` stay. */
export function encodeQuery(text: string): string {
  return text.replaceAll(/[^\w\-.~ ]/g, percent).replaceAll(' ', '+');
}

function percent(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
