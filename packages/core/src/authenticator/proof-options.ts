import type { ClientCertificateOptions } from '../certificate/compile-certificate-rule.js';

/** A header that only the proxy can send, since only it knows the value. */
export interface SharedSecretOptions {
  /** Its name, of which exactly one line must come. The application never sees it. */
  readonly header: string;
  /**
   * Values that are right, each of 32 printable ASCII characters or more, without spaces: make one with
   * `openssl rand -hex 32`. Several, so that the proxy can be given a new one while the old one still counts.
   */
  readonly values: readonly string[];
}

/** What can be changed while the application runs: see `setProofs`. */
export interface ProofChanges {
  readonly sharedSecret?: Pick<SharedSecretOptions, 'values'>;
  readonly clientCertificate?: Pick<ClientCertificateOptions, 'names' | 'fingerprints'>;
}
