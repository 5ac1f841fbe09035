import { isIP } from 'node:net';
import { compileTrust } from '../src/index.js';

// All of both families is refused as one list.
const low = compileTrust(['0.0.0.0/1', '::/1']);
const high = compileTrust(['128.0.0.0/1', '8000::/1']);
const proxy = compileTrust(['172.20.0.2', '2001:db8::7']);

/** Whatever is trusted is an address to Node too, and the two proxies are known in their spellings only. */
export function fuzz(data: Buffer): void {
  const peer = data.toString('latin1');
  const isTrusted = low.has(peer) || high.has(peer);
  if (isTrusted && isIP(peer.replace(ZONE, '%z')) === 0)
    throw new Error(`no address, and trusted: ${peer}`);
  const isKnown =
    isIP(peer) !== 0 && peer.length < 40 && (!peer.includes('%') || isLinkLocal(peer));
  if (!isTrusted && isKnown) {
    throw new Error(`an address, and not known: ${peer}`);
  }
  if (proxy.has(peer) && !SAME.has(canonical(peer))) throw new Error(`not the proxy: ${peer}`);
}

/** Names of interfaces may hold what Node takes for no zone: an underscore, a question mark. */
const ZONE = /%[!-$&-.0-~]{1,64}$/;

/** The only addresses that have a zone. */
function isLinkLocal(peer: string): boolean {
  return /^\[fe[89ab].:/.test(canonical(peer));
}

const SAME = new Set(['172.20.0.2', '[2001:db8::7]', '[::ffff:ac14:2]']);

/** As URLs have it (the WHATWG parser knows no zone). */
function canonical(peer: string): string {
  const plain = peer.replace(/%.*$/, '');
  return isIP(plain) === 6 ? new URL(`http://[${plain}]/`).hostname : plain;
}
