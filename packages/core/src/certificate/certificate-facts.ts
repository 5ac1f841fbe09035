/** What a client certificate says about whoever holds its key. Only of one that was verified, by the TLS layer or by a trusted proxy. */
export interface CertificateFacts {
  /** Common name of the subject; absent where there is none, or more than one. */
  readonly commonName?: string;
  /** DNS names among the subject's alternative names. */
  readonly dnsNames?: readonly string[];
  /** URIs among the subject's alternative names, such as a SPIFFE ID. */
  readonly uris?: readonly string[];
  /** SHA-256 of the certificate's DER form, in hex. Letter case and colons do not matter. */
  readonly fingerprint?: string;
}

/** A header in which a trusted proxy says which certificate it has verified. */
export interface ForwardedCertificate {
  readonly header: string;
  /** Further headers that go with it: nobody reads them here, and they are stripped as well. */
  readonly alsoStripped?: readonly string[];
  /**
   * Reads the value of its one line. Total: whatever came, it gives facts, or a problem.
   *
   * The problem is for the operator's log and holds no byte of the value.
   */
  read(value: string): CertificateFacts | { readonly problem: string };
}
