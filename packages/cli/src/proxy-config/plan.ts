import type { AuthServer } from './auth-servers.js';
import type { ProxySettings } from './settings.js';

/** Where something listens that speaks plain HTTP. */
export interface Endpoint {
  /** Without a slash at the end: `http://app:3000`. */
  readonly url: string;
  /** Without brackets: `app`, `10.0.0.7`, `::1`. */
  readonly host: string;
  /** `app:3000`, `[::1]:3000`. */
  readonly authority: string;
  readonly port: number;
}

/** Checked settings with everything filled in: nothing in it can break out of a configuration file. */
export interface Plan {
  readonly app: Endpoint;
  readonly auth: Endpoint;
  readonly domain: string;
  /** Made from the domain, for names of routers and services: `app-example-com`. */
  readonly name: string;
  readonly server: AuthServer;
  /** Headers that are copied from the authorization response. */
  readonly identity: readonly string[];
  /** Headers that are deleted from what the client sends: those of `identity` and more. */
  readonly deleted: readonly string[];
  readonly portal?: string | undefined;
  readonly bypass: readonly string[];
  readonly proxyAddress?: string | undefined;
  readonly scheme: 'http' | 'https';
  readonly listen: { readonly address: string; readonly port: number; readonly given: boolean };
  readonly tls?: ProxySettings['tls'] | undefined;
  /** The numbers of the proxy's version, if it is known. */
  readonly version?: readonly number[] | undefined;
  readonly snippet: boolean;
  readonly stateDir: string;
  readonly luaPath: string;
}
