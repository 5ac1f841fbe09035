/** What a certificate is to say. */
export interface CertificateOptions {
  /** Default: the common name `localhost`. */
  readonly subject?: {
    readonly commonName?: readonly string[];
    readonly organization?: readonly string[];
  };
  /** The subject's alternative names, one character a byte. */
  readonly names?: readonly (readonly [kind: 'dns' | 'uri' | 'email' | 'ip', value: string])[];
  /** Default: from 2020 to 2049. */
  readonly from?: string;
  readonly to?: string;
  /** What it is for. Default: not stated. */
  readonly usage?: 'client' | 'server';
}

/** A certificate with its key, as PEM. */
export interface MadeCertificate {
  readonly cert: string;
  readonly key: string;
  readonly der: Buffer;
  readonly fingerprint: string;
}

export interface Authority {
  readonly cert: string;
  issue(options?: CertificateOptions): MadeCertificate;
}

export function makeAuthority(name?: string): Authority;
export function makeSelfSigned(options?: CertificateOptions): MadeCertificate;
