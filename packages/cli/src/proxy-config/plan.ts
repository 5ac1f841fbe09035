import type { AuthServer, Endpoints } from './auth-server.js';
import type { ProxySettings } from './settings.js';

/** Where something listens that speaks HTTP. */
export interface Endpoint {
  readonly scheme: 'http' | 'https' | 'unix';
  /** Without a path: `http://app:3000`, `unix:/run/app.sock`. */
  readonly url: string;
  /** Without brackets: `app`, `10.0.0.7`, `::1`. Of a socket `localhost`. */
  readonly host: string;
  /** `app:3000`, `[::1]:3000`. Of a socket `localhost`. */
  readonly authority: string;
  readonly port: number;
  /** In front of every path there, without a slash at the end; as a rule empty. */
  readonly path: string;
  /** The path of a Unix socket; otherwise empty. */
  readonly socket: string;
}

/** Checked settings with everything filled in: nothing in it can break out of a configuration file. */
export interface Plan {
  readonly app: Endpoint;
  readonly auth: Endpoint;
  /** In lower case: `app.example.com`, `*.example.com`. */
  readonly domain: string;
  /** Of `*.example.com`, `example.com`. */
  readonly parentDomain?: string | undefined;
  /** Made from the domain, for names of routers and services: `app-example-com`. */
  readonly name: string;
  readonly server: AuthServer;
  /** Headers that are copied from the authorization response. */
  readonly identity: readonly string[];
  /** Headers that name a user too, and are never set. */
  readonly alsoDeleted: readonly string[];
  /** Headers that are deleted from what the client sends: those of `identity` and `alsoDeleted`. */
  readonly deleted: readonly string[];
  /** What `server` is asked by; undefined where it is the next hop itself. */
  readonly endpoints?: Endpoints | undefined;
  /** Where requests go that are let through: the application, or `server` where that is the next hop. */
  readonly next: Endpoint;
  /** Patterns of cookie names that the application must not see; empty where nothing is to be hidden. */
  readonly hiddenCookies: readonly string[];
  readonly hideSession: boolean;
  readonly upstreamCa?: string | undefined;
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
