import type { AuthenticatorOptions } from '@trusted-header/core';

/** Addresses that the pages link to. */
export interface AppLinks {
  /** Where people sign in and out. Without it, the pages have no sign-out link. */
  readonly portalUrl?: string | undefined;
  /** Where people open this app: the proxy's address, not the one that the app listens on. */
  readonly appUrl?: string | undefined;
}

/** What the proxy has to show beside its address. */
export type Proofs = Pick<AuthenticatorOptions, 'sharedSecret' | 'clientCertificate'>;

/** How an app speaks TLS, and whose client certificates it verifies: what `createServer` of `node:https` takes. */
export interface TlsSettings {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly ca: Buffer;
  readonly requestCert: true;
  /** The handshake is let through: the app says what is wrong with a certificate, and answers health checks that have none. */
  readonly rejectUnauthorized: false;
}

/** What `createApp` of every example app takes. */
export interface AppSettings extends AppLinks {
  /** Addresses of the proxy, as in `TRUSTED_PROXIES`: `172.20.0.2`, `dns:traefik`, or several with commas between. */
  readonly trustedProxies: string;
  readonly proofs?: Proofs;
  /** Without it, the app speaks plain HTTP. */
  readonly tls?: TlsSettings;
}
