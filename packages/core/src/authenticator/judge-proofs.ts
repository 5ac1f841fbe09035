import type { CertificateFacts, ForwardedCertificate } from '../certificate/certificate-facts.js';
import type { CertificateRule } from '../certificate/compile-certificate-rule.js';
import type { RequestFacts } from '../decision.js';
import type { ScannedField } from '../headers/field.js';
import type { FieldLines } from '../headers/scan-headers.js';
import { trimOws } from '../headers/trim-ows.js';
import { isOneOf } from './equal-secrets.js';

/** Why a request from a trusted address is not believed to be the proxy's (T6). */
export interface ProofFault {
  readonly reason: 'proof-missing' | 'proof-invalid' | 'header-repeated';
  readonly header?: string;
  readonly detail?: string;
}

const NO_CERTIFICATE = 'no client certificate';
const UNLISTED = 'its names and its fingerprint are not listed';
const UNREADABLE = 'it cannot be read';

/** What OpenSSL and Node call what is wrong. */
const CODE = /^[A-Z0-9_]{1,64}$/;

/** Judges the header of a secret: exactly one line, with one of the values. */
export function judgeSecret(
  { header }: ScannedField,
  lines: FieldLines,
  values: readonly string[],
): ProofFault | undefined {
  const line = oneLine(header, lines);
  if (typeof line !== 'string') return line;
  return isOneOf(line, values) ? undefined : { reason: 'proof-invalid', header };
}

/** Judges the header in which a proxy names the certificate that it has verified. */
export function judgeForwarded(
  { header }: ScannedField,
  lines: FieldLines,
  reader: ForwardedCertificate,
  rule: CertificateRule,
): ProofFault | undefined {
  const line = oneLine(header, lines);
  if (typeof line !== 'string') return line;
  const found = readSafely(() => reader.read(line));
  if (!found) return { reason: 'proof-invalid', header, detail: UNREADABLE };
  if ('problem' in found) return { reason: 'proof-invalid', header, detail: found.problem };
  return rule.judge(found) ? undefined : { reason: 'proof-invalid', header, detail: UNLISTED };
}

/** Judges the certificate of the connection itself. */
export function judgeConnection(
  facts: RequestFacts,
  rule: CertificateRule,
): ProofFault | undefined {
  // Only what the facts themselves say: a polluted Object.prototype must not make everybody a proxy.
  const read = Object.hasOwn(facts, 'clientCertificate') ? facts.clientCertificate : undefined;
  const found = typeof read === 'function' ? readSafely<CertificateFacts>(read) : undefined;
  if (found) return rule.judge(found) ? undefined : { reason: 'proof-invalid', detail: UNLISTED };
  const { certificateError } = facts;
  if (certificateError === undefined) return { reason: 'proof-missing', detail: NO_CERTIFICATE };
  const code = CODE.test(certificateError) ? `: ${certificateError}` : '';
  return { reason: 'proof-invalid', detail: `the TLS layer did not verify it${code}` };
}

/** Gives the value of the one line; or why it is not one. */
function oneLine(header: string, lines: FieldLines): string | ProofFault {
  if (lines === undefined) return { reason: 'proof-missing', header };
  if (typeof lines !== 'string') return { reason: 'header-repeated', header };
  const line = trimOws(lines);
  return line === '' ? { reason: 'proof-missing', header } : line;
}

/** What throws is no proof. */
function readSafely<Found extends object>(read: () => Found | undefined): Found | undefined {
  try {
    const found = read();
    return Object(found) === found ? found : undefined;
  } catch {
    return undefined;
  }
}
