import type { CertificateFacts } from './certificate-facts.js';
import { normalFingerprint } from './normal-fingerprint.js';
import { splitXfcc, type XfccPair } from './split-xfcc.js';

/** The keys of Envoy. Those that are true it writes once for each name in a certificate. */
const REPEATS: ReadonlyMap<string, boolean> = new Map([
  ['by', true],
  ['hash', false],
  ['cert', false],
  ['chain', false],
  ['subject', false],
  ['uri', true],
  ['dns', true],
]);

/**
 * Reads the value of Envoy's `X-Forwarded-Client-Cert`: `Hash`, every `URI` and every `DNS` of its last element.
 *
 * Refuses another number of elements than stated (where a proxy appends, those before the last are the client's own text), unknown
 * keys, a second `Hash`, `Cert`, `Chain` or `Subject`, and whatever {@link splitXfcc} refuses. Envoy itself does not quote the names
 * of a certificate, so that a name with `;` in it makes another line than it should (envoy#32945): mostly one that is refused here.
 *
 * Gives no common name: `Subject` holds a whole distinguished name as text, in one notation or another (`/C=US/CN=x` of old,
 * `CN=x,C=US` since), and what a proxy is called stands among its certificate's alternative names.
 *
 * @param elements How many elements there must be: one for each proxy that appends to the header.
 */
export function readXfcc(
  value: string,
  elements: number,
): CertificateFacts | { readonly problem: string } {
  const found = splitXfcc(value);
  if (!found) return { problem: 'it cannot be read one way only' };
  const last = found.at(-1);
  if (!last || found.length !== elements) {
    return { problem: `it has ${found.length} elements, not ${elements}` };
  }
  const problem = keyProblem(found);
  return problem === undefined ? factsOf(last) : { problem };
}

/** In every element: one that is not read has still been written by a proxy of the chain. */
function keyProblem(elements: readonly (readonly XfccPair[])[]): string | undefined {
  for (const element of elements) {
    const seen = new Set<string>();
    for (const [key] of element) {
      const mayRepeat = REPEATS.get(key);
      if (mayRepeat === undefined) return 'it has a key that Envoy does not write';
      if (!mayRepeat && seen.has(key)) return `it has ${key} twice in one element`;
      seen.add(key);
    }
  }
  return undefined;
}

function factsOf(pairs: readonly XfccPair[]): CertificateFacts | { readonly problem: string } {
  const hash = pairs.find(([key]) => key === 'hash')?.[1];
  const uris = valuesOf(pairs, 'uri');
  const dnsNames = valuesOf(pairs, 'dns');
  // No such name and no hash has one; what it would stand for depends on who reads it.
  if ([hash, ...uris, ...dnsNames].some((value) => value?.includes('\\'))) {
    return { problem: 'it has a backslash in a name or hash' };
  }
  if (hash === undefined) return { uris, dnsNames };
  const fingerprint = normalFingerprint(hash);
  if (fingerprint === undefined) return { problem: 'its hash is no SHA-256 in hex' };
  return { fingerprint, uris, dnsNames };
}

/** Without the empty ones: Envoy writes `URI=` for a certificate that has no URI. */
function valuesOf(pairs: readonly XfccPair[], key: string): string[] {
  return pairs.filter(([its, value]) => its === key && value !== '').map(([, value]) => value);
}
