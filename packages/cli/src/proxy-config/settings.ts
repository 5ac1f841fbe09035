/** Which authorization server answers the proxy's question, and so which headers carry the user. */
export type AuthProfile =
  | 'authelia'
  | 'authentik'
  | 'azure-easy-auth'
  | 'caddy-security'
  | 'gatekeeper'
  | 'mod-auth-openidc'
  | 'oauth2-proxy'
  | 'pomerium'
  | 'sandstorm'
  | 'shibboleth'
  | 'siteminder'
  | 'tinyauth'
  | 'vouch';

/** What a configuration is made from. */
export interface ProxySettings {
  /** Where the application listens, as the proxy reaches it: `http://app:3000`, `https://app`, `unix:/run/app.sock`. */
  readonly app: string;
  /** Where the authorization server listens, as the proxy reaches it: `http://authelia:9091`; Authelia may have a path. */
  readonly auth: string;
  /** The host name that browsers use: `app.example.com`, or `*.example.com` for all names one level below. */
  readonly domain: string;
  /** Default `authelia`. */
  readonly profile?: AuthProfile;
  /** The sign-in page, as browsers reach it: `https://auth.example.com`. */
  readonly portal?: string;
  /** Path prefixes that need no sign-in. Identity headers are deleted there too. */
  readonly bypass?: readonly string[];
  /** The address of this proxy as the application sees it, for the line `TRUSTED_PROXIES=…`. */
  readonly proxyAddress?: string;
  /** Version of the proxy (`2.11.3`): one that is known to be unsafe is refused. */
  readonly proxyVersion?: string;
  /** The scheme in the browser's address bar. Default `https`; the authorization server decides by it. */
  readonly scheme?: 'http' | 'https';
  /**
   * `8080`, `127.0.0.1:8080` or `[::1]:8080`; `[::]:8080` is IPv6 and IPv4. Default 443 with `tls`, else 80, and IPv4 alone
   * where a machine without IPv6 would not start otherwise.
   */
  readonly listen?: string;
  /** PEM files for TLS at this proxy. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /**
   * Keeps the authorization server's cookie, and passwords of `Authorization: Basic`, from the application, which could
   * otherwise use them everywhere. Default true; where the proxy cannot, a warning says so.
   */
  readonly hideSession?: boolean;
  /** Name of the authorization server's cookie, where it is not the product's default. */
  readonly sessionCookie?: string;
  /** PEM file with the authorities that vouch for `https` upstreams. Default: those of the system. */
  readonly upstreamCa?: string;
  /** nginx: only the `server` block, to be included in an existing `http` block. */
  readonly snippet?: boolean;
  /** nginx: folder for the process id and temporary files of a complete configuration. Default `/var/lib/nginx`. */
  readonly stateDir?: string;
  /** HAProxy: where the Lua script is. Default `/usr/local/share/haproxy/auth-request.lua`. */
  readonly luaPath?: string;
}

/** A configuration to paste, and what its reader must know. */
export interface ProxyConfig {
  readonly text: string;
  /** What the configuration cannot do, or what is unwise about the settings. Also in `text`, as comments. */
  readonly warnings: readonly string[];
}
