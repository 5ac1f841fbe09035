/** Addresses that the pages link to. */
export interface AppLinks {
  /** Where people sign in and out. Without it, the pages have no sign-out link. */
  readonly portalUrl?: string | undefined;
  /** Where people open this app: the proxy's address, not the one that the app listens on. */
  readonly appUrl?: string | undefined;
}

/** What `createApp` of every example app takes. */
export interface AppSettings extends AppLinks {
  /** Addresses of the proxy, as in `TRUSTED_PROXIES`: `172.20.0.2`, or several with commas between. */
  readonly trustedProxies: string;
}
