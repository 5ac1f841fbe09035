import type { AuthServer } from './auth-server.js';
import { AUTH_SERVERS } from './auth-servers.js';
import { checkEndpoint } from './check-endpoint.js';
import {
  bad,
  checkCookieName,
  checkDomain,
  checkFile,
  checkListen,
  checkPathPrefix,
  checkPortal,
  checkTrustedProxies,
  checkVersion,
} from './check-values.js';
import { USER_HEADERS } from './client-claims.js';
import { identityHeaders } from './identity-headers.js';
import type { Endpoint, Plan } from './plan.js';
import type { AuthProfile, ProxySettings } from './settings.js';

/**
 * Checks settings and fills in what is missing.
 *
 * Refuses every value with a character that could end a directive, a quoted text or a line: whatever comes out of
 * here is safe to put into any configuration file.
 *
 * @throws CliError that names the option, the value, and what to write.
 */
export function compilePlan(settings: ProxySettings): Plan {
  const {
    profile = 'authelia',
    scheme = 'https',
    hideSession = true,
    proxyAddress,
    listen,
  } = settings;
  const server = authServer(profile);
  if (scheme !== 'http' && scheme !== 'https') {
    throw bad(
      '--scheme',
      String(scheme),
      'is not a scheme',
      'write https, or http on a test network',
    );
  }
  const domain = checkDomain('--domain', settings.domain);
  const identity = identityHeaders(server.headers);
  const alsoDeleted = without([...server.alsoDeleted, ...USER_HEADERS], identity);
  const app = checkEndpoint('--app', settings.app);
  const auth = authEndpoint(server, settings.auth);
  const tls = tlsOf(settings.tls);
  if (typeof hideSession !== 'boolean') {
    throw bad('--hide-session', String(hideSession), 'is neither true nor false', 'leave it out');
  }
  const sessionCookie =
    settings.sessionCookie === undefined
      ? undefined
      : checkCookieName('--session-cookie', settings.sessionCookie);
  return {
    app,
    auth,
    next: server.endpoints ? app : auth,
    domain,
    parentDomain: domain.startsWith('*.') ? domain.slice(2) : undefined,
    name: domain.replace('*', 'wildcard').replaceAll('.', '-'),
    server,
    endpoints: server.endpoints,
    identity,
    alsoDeleted,
    deleted: [...identity, ...alsoDeleted],
    hideSession: hideSession && server.endpoints !== undefined,
    hiddenCookies: hideSession ? (sessionCookie ? [sessionCookie] : server.sessionCookies) : [],
    upstreamCa:
      settings.upstreamCa === undefined
        ? undefined
        : checkFile('--upstream-ca', settings.upstreamCa),
    portal: portalOf(server, settings.portal),
    bypass: (settings.bypass ?? []).map((prefix) => checkPathPrefix('--bypass', prefix)),
    proxyAddress:
      proxyAddress === undefined ? undefined : checkTrustedProxies('--proxy-address', proxyAddress),
    scheme,
    listen:
      listen === undefined
        ? { address: '', port: tls ? 443 : 80, given: false }
        : checkListen('--listen', listen),
    tls,
    version:
      settings.proxyVersion === undefined
        ? undefined
        : checkVersion('--proxy-version', settings.proxyVersion),
    snippet: settings.snippet ?? false,
    stateDir: checkFile('--state-dir', settings.stateDir ?? '/var/lib/nginx'),
    luaPath: checkFile(
      '--lua-path',
      settings.luaPath ?? '/usr/local/share/haproxy/auth-request.lua',
    ),
  };
}

/** Without it everything goes over plain HTTP: what is nothing must be left out. */
function tlsOf(tls: ProxySettings['tls']): Plan['tls'] {
  if (tls === undefined) return undefined;
  if (!tls) {
    throw bad('tls', String(tls), 'names no files', 'write { cert, key }, or leave it out');
  }
  return { cert: checkFile('--tls-cert', tls.cert), key: checkFile('--tls-key', tls.key) };
}

/** Products that are the proxy, and see its peer: nothing may stand between them and the browser. */
const NO_HOP: Readonly<Record<string, string>> = {
  'aws-alb': edge('the load balancer', 'X-Amzn-Oidc-Data'),
  'cloudflare-access': edge('Cloudflare', 'Cf-Access-Jwt-Assertion'),
  'google-iap': edge('Google', 'X-Goog-IAP-JWT-Assertion'),
  yunohost:
    'is nginx with SSOwat, whose configuration YunoHost writes: set the permission of your application there, and TRUSTED_PROXIES=127.0.0.1',
  tailscale:
    'tells the user by the connection itself: let the application listen on a Unix socket, run "tailscale serve unix:/run/app/app.sock" on its machine, with nothing between it and the browser, and write TRUSTED_PROXIES=unix:/run/app/app.sock',
  linkerd:
    'names the meshed workload that has connected, not a person: its own proxy sets and removes the header, and TRUSTED_PROXIES=127.0.0.1',
  kubernetes:
    'is set by the API server towards an extension server, with a client certificate: there is no reverse proxy to configure',
};

/** Browsers reach the product first: whatever is behind it knows nothing more. */
function edge(whose: string, assertion: string): string {
  return `stands in front of every proxy of yours: ${whose} sets and removes the headers, and the application must verify ${assertion} as well, since an address alone is not safe there`;
}

/** The same product under the name of the profile that its answers to a proxy have. */
const SYNONYMS: Readonly<Record<string, AuthProfile>> = {
  'oauth2-proxy-auth-request': 'oauth2-proxy',
};

/** Finds the authorization server of a profile. @throws CliError */
export function authServer(profile: string): AuthServer {
  const id = Object.hasOwn(SYNONYMS, profile) ? SYNONYMS[profile] : profile;
  const found = Object.entries(AUTH_SERVERS).find(([name]) => name === id)?.[1];
  if (found) return found;
  if (Object.hasOwn(NO_HOP, profile)) {
    throw bad(
      '--profile',
      profile,
      'needs no configuration from here',
      `${profile} ${NO_HOP[profile]}`,
    );
  }
  const known = Object.keys(AUTH_SERVERS).join(', ');
  throw bad('--profile', String(profile), 'is not known here', `write one of ${known}`);
}

/** A path prefix is Authelia's own setting; products whose pages are on the application's host have none. */
function authEndpoint({ ownPath, endpoints, label }: AuthServer, value: string): Endpoint {
  const auth = checkEndpoint('--auth', value);
  if (auth.path === '' || (endpoints && ownPath === undefined)) return auth;
  throw bad('--auth', value, `has a path, which ${label} cannot have here`, `write ${auth.url}`);
}

function portalOf(
  { id, endpoints, label }: AuthServer,
  value: string | undefined,
): string | undefined {
  if (value !== undefined) return checkPortal('--portal', value);
  if (endpoints?.signIn.by !== 'portal') return undefined;
  throw bad(
    '--profile',
    id,
    `needs --portal: ${label} does not tell its address`,
    'write for example --portal https://auth.example.com',
  );
}

/** Drops what is in the other list, and doubles, whatever their case. */
function without(names: readonly string[], others: readonly string[]): string[] {
  const seen = new Set(others.map((name) => name.toLowerCase()));
  return names.filter((name) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase()));
}
