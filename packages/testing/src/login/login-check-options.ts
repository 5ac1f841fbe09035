import type { HeaderProfile, Identity, ProfileId } from '@trusted-header/core';
import type { LoginClient } from '../client/create-browser.js';
import type { LoginResponse } from '../client/send-request.js';

/** How to reach an application, and how to tell who is signed in to it. */
export interface LoginCheckOptions {
  /** Where it listens, as `http://127.0.0.1:3000`; a function is asked when a check runs. Its `trustedProxies` must hold the address that requests come from. */
  readonly origin: string | URL | (() => string | URL | Promise<string | URL>);
  /** What says who is signed in, such as `/whoami`. */
  readonly path: string;
  /**
   * Reads the user's name out of the answer; undefined or null for nobody. It is asked about 2xx only: 5xx fails a check, and
   * all else is nobody.
   */
  readonly whoAmI: (response: LoginResponse) => string | null | undefined;
  /** Which headers the proxy sends. Default `authelia`. */
  readonly profile?: HeaderProfile | ProfileId;
  /** Two users that the application knows, or creates, by `user` as `whoAmI` gives it. Default alice and bob. */
  readonly users?: readonly [Identity, Identity];
  /** What the proxy sends with each request besides: a shared secret, `X-Forwarded-Proto`. */
  readonly proxyHeaders?: Readonly<Record<string, string>>;
  /** The local address that requests of the proxy's come from. Default: the system's choice. */
  readonly proxyAddress?: string;
  /** A local address that is not trusted, such as 127.0.0.2. Without it, nothing is sent past the proxy. */
  readonly strangerAddress?: string;
  /**
   * Signs in whom the proxy names, and takes the token if there is one. Default: a request of `path`, whose cookies are kept.
   */
  readonly signIn?: (client: LoginClient) => Promise<unknown>;
  /** Makes a new token of an old one, as a refresh cookie does. An application that refuses to is right. */
  readonly renew?: (client: LoginClient) => Promise<unknown>;
  /** A login of the application's own: a password, for example. Without it, its check is left out. */
  readonly localLogin?: {
    /** As `whoAmI` gives it. Neither of `users`. */
    readonly user: string;
    readonly signIn: (client: LoginClient) => Promise<unknown>;
  };
  /** A path that is open to nobody, and that the proxy may bypass. Without it, its check is left out. */
  readonly openPath?: string;
  /**
   * Reads out of the answer of `path` what lives as long as a session: a CSRF token, for example. With it, bob must not find what
   * alice's session held. Needed for `openPath` where the cookie is another one after each request.
   */
  readonly sessionMark?: (response: LoginResponse) => unknown;
  /** As the application has it (`signIn`, `stillBound`). With `keep`, a session may outlive a header that is missing. Default `end`. */
  readonly onMissing?: 'end' | 'keep';
}
