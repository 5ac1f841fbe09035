import type { X509Certificate } from 'node:crypto';
import { ConfigError, configIssue, type ForwardedCertificate } from '@trusted-header/core';
import { getBuiltinModule } from './builtin.js';
import { isNode } from './check-runtime.js';
import { dateFault, readCertificate } from './read-certificate.js';

/** More than a certificate needs, and as much as Node takes of all header lines together by default. */
const LONGEST = 16_384;

/** One byte sequence of RFC 8941, and nothing behind it. */
const BYTES = /^:([A-Za-z0-9+/]+={0,2}):$/;

/**
 * Reads which client certificate a proxy has verified, from the header `Client-Cert` of RFC 9440: `:base64 of the DER form:`.
 *
 * Only for a proxy that removes what clients send under this name, and sends nothing for a certificate it has *not* verified
 * (Cloudflare fills its field "regardless of the certificate validation result"). Refuses anything but one certificate, whole, in
 * DER, of at most 16 KiB, within its dates. `Client-Cert-Chain` is not read, and is stripped as well.
 *
 * @throws {ConfigError} `option-invalid` on Bun and Deno, which do not tell a certificate's names as Node does.
 *
 * @example
 * ```ts
 * import { createAuthenticator } from '@trusted-header/core';
 * import { clientCertHeader } from '@trusted-header/node';
 *
 * createAuthenticator({
 *   trustedProxies: '172.20.0.2',
 *   clientCertificate: { names: ['gateway.internal'], forwarded: clientCertHeader() },
 * });
 * ```
 */
export function clientCertHeader(): ForwardedCertificate {
  if (!isNode()) {
    throw new ConfigError('option-invalid', [
      configIssue(
        'clientCertHeader',
        'this runtime',
        'does not tell the names in a certificate as Node does',
        'run on Node, or use another proof',
      ),
    ]);
  }
  const { X509Certificate: Certificate } = getBuiltinModule('node:crypto');
  return Object.freeze({
    header: 'Client-Cert',
    alsoStripped: Object.freeze(['Client-Cert-Chain']),
    read: (value: string) => readClientCert(value, Certificate),
  });
}

function readClientCert(
  value: string,
  Certificate: typeof X509Certificate,
): ReturnType<ForwardedCertificate['read']> {
  if (value.length > LONGEST) {
    return { problem: `it has ${value.length} characters, of at most ${LONGEST}` };
  }
  const base64 = BYTES.exec(value)?.[1] ?? '';
  const der = Buffer.from(base64, 'base64');
  if (base64 === '' || der.toString('base64') !== base64) {
    return { problem: 'it is not one byte sequence, :base64:' };
  }
  const certificate = parse(der, Certificate);
  if (!certificate) return { problem: 'it is not one certificate in DER' };
  const read = readCertificate(certificate);
  const fault = dateFault(read);
  return fault === undefined
    ? read.facts
    : { problem: `its certificate is out of date (${fault})` };
}

/** Also PEM would be read, and what stands behind the certificate would be passed over. */
function parse(der: Buffer, Certificate: typeof X509Certificate): X509Certificate | undefined {
  try {
    const certificate = new Certificate(der);
    return certificate.raw.equals(der) ? certificate : undefined;
  } catch {
    return undefined;
  }
}
