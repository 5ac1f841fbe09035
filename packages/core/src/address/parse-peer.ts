import { type Family, parseAddress } from './parse-address.js';

const SMALL_F = 102;

/** The longest zone that is believed to be an interface name or index. */
const LONGEST_ZONE = 64;

/**
 * Parses the source address of a connection as a runtime prints it: an address, with a zone if it is link-local.
 *
 * The zone is dropped (T4). Refuses a zone on any other address, and an empty or odd one.
 */
export function parsePeer(peer: string, words: Uint32Array): Family {
  // Link-local addresses begin with an f (fe80::/10), and what has a zone without being one is no address.
  const percent = (peer.charCodeAt(0) | 32) === SMALL_F ? peer.indexOf('%') : -1;
  if (percent < 0) return parseAddress(peer, peer.length, words);
  const family = parseAddress(peer, percent, words);
  return family === 6 && isLinkLocal(words) && isZone(peer, percent + 1) ? 6 : 0;
}

function isLinkLocal(words: Uint32Array): boolean {
  return (words[0] ?? 0) >>> 22 === 0xfe80 >>> 6;
}

/** RFC 4007 leaves the zone to the system: printable ASCII here, but no second `%`, no slash, no white space. */
function isZone(text: string, start: number): boolean {
  const length = text.length - start;
  if (length < 1 || length > LONGEST_ZONE) return false;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 32 || code >= 127 || code === 37 || code === 47) return false;
  }
  return true;
}
