import { trimOws } from '../headers/trim-ows.js';
import { isPlainText } from '../identity/is-plain-text.js';
import { isUriName } from './matches-certificate.js';
import { normalFingerprint } from './normal-fingerprint.js';

/** What is wrong with an entry, and what to write instead. */
type Fault = readonly [problem: string, instead: string] | undefined;

const WHOLE = 'write the whole name as the certificate has it';
const FINGERPRINT =
  'write the 64 hex digits that `openssl x509 -noout -fingerprint -sha256` prints';
const HEX = /^(?:[0-9A-Fa-f]{2}:?)+$/;

/** RFC 3986 as far as a certificate's URI needs it: a scheme, and characters that an URI may hold. */
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[\w.~:/?#[\]@!$&'()*+,;=%-]+$/;

/** Says what keeps a name from being any certificate's. */
export function nameFault(name: unknown): Fault {
  if (typeof name !== 'string') return ['is no text', WHOLE];
  if (name === '' || name !== trimOws(name))
    return ['is blank or begins or ends with white space', WHOLE];
  if (name.includes('*')) return ['has a wildcard', 'write each name whole'];
  if (!isPlainText(name)) return ['has a character that cannot be seen', WHOLE];
  if (isUriName(name) && !URI.test(name)) return ['is no URI', WHOLE];
  if (normalFingerprint(name)) return ['is a fingerprint', 'write it in fingerprints'];
  if (/^CN ?=/i.test(name))
    return ['is a whole distinguished name', 'write what stands behind CN='];
  return undefined;
}

/** Says what keeps text from being a SHA-256 fingerprint. */
export function fingerprintFault(text: unknown): Fault {
  if (typeof text !== 'string') return ['is no text', FINGERPRINT];
  if (normalFingerprint(text)) return undefined;
  const digits = HEX.test(text) ? text.replaceAll(':', '').length : 0;
  if (digits === 40) return ['is a SHA-1 fingerprint', FINGERPRINT];
  if (digits > 0 && digits !== 64) return [`has ${digits} hex digits`, FINGERPRINT];
  return ['is no fingerprint', FINGERPRINT];
}
