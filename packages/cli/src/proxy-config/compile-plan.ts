import { AUTH_SERVERS } from './auth-servers.js';
import {
  bad,
  checkDomain,
  checkEndpoint,
  checkFile,
  checkListen,
  checkPathPrefix,
  checkPortal,
  checkTrustedProxies,
  checkVersion,
} from './check-values.js';
import { identityHeaders } from './identity-headers.js';
import type { Plan } from './plan.js';
import type { ProxySettings } from './settings.js';

/**
 * Checks settings and fills in what is missing.
 *
 * Refuses every value with a character that could end a directive, a quoted text or a line: whatever comes out of
 * here is safe to put into any configuration file.
 *
 * @throws CliError that names the option, the value, and what to write.
 */
export function compilePlan(settings: ProxySettings): Plan {
  const { profile = 'authelia', scheme = 'https', tls, proxyAddress, listen } = settings;
  if (!Object.hasOwn(AUTH_SERVERS, profile)) {
    throw bad(
      '--profile',
      String(profile),
      'is not known here',
      `write ${Object.keys(AUTH_SERVERS).join(', ')}`,
    );
  }
  if (scheme !== 'http' && scheme !== 'https') {
    throw bad(
      '--scheme',
      String(scheme),
      'is not a scheme',
      'write https, or http on a test network',
    );
  }
  const server = AUTH_SERVERS[profile];
  const domain = checkDomain('--domain', settings.domain);
  const identity = identityHeaders(server.headers);
  return {
    app: checkEndpoint('--app', settings.app),
    auth: checkEndpoint('--auth', settings.auth),
    domain,
    name: domain.replaceAll('.', '-'),
    server,
    identity,
    deleted: [...identity, ...server.alsoDeleted],
    portal: settings.portal === undefined ? undefined : checkPortal('--portal', settings.portal),
    bypass: (settings.bypass ?? []).map((prefix) => checkPathPrefix('--bypass', prefix)),
    proxyAddress:
      proxyAddress === undefined ? undefined : checkTrustedProxies('--proxy-address', proxyAddress),
    scheme,
    listen:
      listen === undefined
        ? { address: '', port: tls ? 443 : 80, given: false }
        : checkListen('--listen', listen),
    tls: tls && { cert: checkFile('--tls-cert', tls.cert), key: checkFile('--tls-key', tls.key) },
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
