import type { X509Certificate } from 'node:crypto';
import type { CertificateFacts } from '@trusted-header/core';
import { readAlternativeNames } from './alternative-names.js';

/** What a certificate says, and when it is valid: milliseconds since 1970. */
export interface ReadCertificate {
  readonly facts: CertificateFacts;
  readonly from: number;
  readonly to: number;
}

/** Reads a certificate. One whose names cannot be read one way only has its fingerprint and no names. */
export function readCertificate(certificate: X509Certificate): ReadCertificate {
  const fingerprint = certificate.fingerprint256;
  const names = readAlternativeNames(certificate.subjectAltName ?? '');
  const commonName = names && commonNameOf(certificate);
  return {
    facts: Object.freeze({
      ...names,
      ...(commonName !== undefined && { commonName }),
      fingerprint,
    }),
    from: Date.parse(certificate.validFrom),
    to: Date.parse(certificate.validTo),
  };
}

/** Tells what is wrong with a certificate's dates now, in the words of the TLS layer. Dates that cannot be read are over. */
export function dateFault({ from, to }: ReadCertificate, now = Date.now()): string | undefined {
  if (now < from) return 'CERT_NOT_YET_VALID';
  return from <= now && now <= to ? undefined : 'CERT_HAS_EXPIRED';
}

/** Several common names are a list there, and none of them the name. */
function commonNameOf(certificate: X509Certificate): string | undefined {
  const { subject }: { subject?: object } = certificate.toLegacyObject();
  const name: unknown = subject && Reflect.get(subject, 'CN');
  return typeof name === 'string' ? name : undefined;
}
