import { ownValue } from '../config/own-value.js';
import { asciiLowerCase } from './ascii-lower-case.js';
import type { CertificateFacts } from './certificate-facts.js';
import { normalFingerprint } from './normal-fingerprint.js';

/** The certificates that are believed: any that has one of the names or one of the fingerprints. */
export interface ListedCertificates {
  /** Names that hold `://`, compared with URIs only, exactly. */
  readonly uris: ReadonlySet<string>;
  /** All others, compared with the common name, exactly. */
  readonly commonNames: ReadonlySet<string>;
  /** The same in small letters, compared with DNS names. */
  readonly dnsNames: ReadonlySet<string>;
  /** As 64 small hex digits. */
  readonly fingerprints: ReadonlySet<string>;
}

/**
 * Tells whether a certificate is listed: by a DNS name (in any letter case), a URI (exactly), the common name (exactly) or its
 * fingerprint.
 *
 * A name that holds `://` is a URI's and no other's: nobody becomes `spiffe://a/gateway` by that common name. A wildcard in the
 * certificate (`*.example.com`) is no name of anybody's.
 */
export function matchesCertificate(listed: ListedCertificates, facts: CertificateFacts): boolean {
  const commonName = ownValue(facts, 'commonName');
  const dnsNames = ownValue(facts, 'dnsNames');
  const uris = ownValue(facts, 'uris');
  const fingerprint = ownValue(facts, 'fingerprint');
  if (uris?.some((uri) => listed.uris.has(uri))) return true;
  if (dnsNames?.some((name) => listed.dnsNames.has(asciiLowerCase(name)))) return true;
  if (commonName !== undefined && listed.commonNames.has(commonName)) return true;
  const hash = fingerprint === undefined ? undefined : normalFingerprint(fingerprint);
  return hash !== undefined && listed.fingerprints.has(hash);
}

/** Tells whether a configured name is a URI's, and no other's. */
export function isUriName(name: string): boolean {
  return name.includes('://');
}
