import { Command } from 'commander';
import { cliError } from '../cli-error.js';
import { AUTH_SERVERS } from '../proxy-config/auth-servers.js';
import { bad } from '../proxy-config/check-values.js';
import { authServer } from '../proxy-config/compile-plan.js';
import { proxyConfig } from '../proxy-config/proxy-config.js';
import { hintFor, isProxyName, PROXIES, type ProxyName } from '../proxy-config/proxy-names.js';
import type { AuthProfile, ProxySettings } from '../proxy-config/settings.js';
import { append } from './append.js';
import { type LineIo, linesOf, styled } from './lines.js';

interface Flags {
  readonly list?: true;
  readonly app?: string;
  readonly auth?: string;
  readonly domain?: string;
  readonly profile: string;
  readonly portal?: string;
  readonly bypass: readonly string[];
  readonly proxyAddress?: string;
  readonly proxyVersion?: string;
  readonly scheme: string;
  readonly listen?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly hideSession: boolean;
  readonly sessionCookie?: string;
  readonly upstreamCa?: string;
  readonly snippet?: true;
  readonly stateDir?: string;
  readonly luaPath?: string;
}

const AUTH_PROFILES: readonly string[] = Object.keys(AUTH_SERVERS);

const HELP = `
Examples:
  $ npx @trusted-header/cli proxy-config caddy --app http://app:3000 --auth http://authelia:9091 \\
      --domain app.example.com --proxy-address 172.20.0.2 > Caddyfile
  $ npx @trusted-header/cli proxy-config nginx --snippet --app http://app:3000 --auth http://authentik:9000 \\
      --domain app.example.com --profile authentik --bypass /public
  $ npx @trusted-header/cli proxy-config --list

What cannot be made safe is printed as a comment in the configuration, and on standard error.`;

/** `npx @trusted-header/cli proxy-config`. */
export function proxyConfigCommand(io: LineIo): Command {
  return new Command('proxy-config')
    .description('Print a reverse proxy’s configuration in which no client can name a user.')
    .argument('[proxy]', 'which proxy; see --list')
    .option('--list', 'list the proxies')
    .option('--app <url>', 'the application, as the proxy reaches it: http://app:3000')
    .option(
      '--auth <url>',
      'the authorization server, as the proxy reaches it: http://authelia:9091',
    )
    .option('--domain <name>', 'host name that browsers use: app.example.com')
    .option('--profile <id>', `who names the user: ${AUTH_PROFILES.join(', ')}`, 'authelia')
    .option('--portal <url>', 'sign-in page, as browsers reach it: https://auth.example.com')
    .option('--bypass <prefix>', 'path without sign-in; may be given several times', append, [])
    .option('--proxy-address <address>', 'the proxy’s address, as the application sees it')
    .option('--proxy-version <version>', 'refuse a version that is known to be unsafe')
    .option('--scheme <scheme>', 'what browsers use: https, or http on a test network', 'https')
    .option('--listen <address>', 'port, or address and port, to listen on')
    .option('--tls-cert <file>', 'certificate chain (PEM), for TLS at this proxy')
    .option('--tls-key <file>', 'private key (PEM)')
    .option(
      '--hide-session',
      'keep the portal’s cookie and Basic passwords from the application',
      true,
    )
    .option('--no-hide-session', 'let the application have them')
    .option('--session-cookie <name>', 'name of that cookie, where it is not the default')
    .option('--upstream-ca <file>', 'authorities (PEM) for https upstreams, beside the system’s')
    .option('--snippet', 'nginx: the server block only')
    .option('--state-dir <folder>', 'nginx: for the process id and temporary files')
    .option('--lua-path <file>', 'HAProxy: where the Lua script is')
    .addHelpText('after', HELP)
    .allowExcessArguments(false)
    .action((proxy: string | undefined, flags: Flags) => {
      if (flags.list) {
        io.print(
          Object.entries(PROXIES).map(([name, what]) => [
            styled('bold', name.padEnd(20)),
            ` ${what}`,
          ]),
        );
        return;
      }
      const known = Object.keys(PROXIES).join(', ');
      if (proxy === undefined) throw cliError(`proxy-config: which proxy? Write one of ${known}`);
      if (!isProxyName(proxy))
        throw bad('proxy-config', proxy, 'is not known here', hintFor(proxy));
      const { text, warnings } = proxyConfig(proxy, settingsFrom(proxy, flags));
      io.print(linesOf(text));
      io.note(warnings.map((warning) => [styled('yellow', 'note:'), ` ${warning}`]));
    });
}

function settingsFrom(proxy: ProxyName, given: Flags): ProxySettings {
  // The script is the same for everybody: nobody is asked for what is not in it.
  const flags = proxy === 'haproxy-lua' ? { ...UNUSED, ...given } : given;
  const { tlsCert, tlsKey, scheme, profile } = flags;
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw cliError('--tls-cert, --tls-key: only one of them is there; write both, or neither');
  }
  if (scheme !== 'http' && scheme !== 'https') {
    throw bad('--scheme', scheme, 'is not a scheme', 'write https, or http on a test network');
  }
  return {
    app: needed('--app', flags.app, 'http://app:3000'),
    auth: needed('--auth', flags.auth, 'http://authelia:9091'),
    domain: needed('--domain', flags.domain, 'app.example.com'),
    profile: authProfile(profile),
    scheme,
    bypass: flags.bypass,
    hideSession: flags.hideSession,
    snippet: flags.snippet ?? false,
    ...(flags.sessionCookie !== undefined && { sessionCookie: flags.sessionCookie }),
    ...(flags.upstreamCa !== undefined && { upstreamCa: flags.upstreamCa }),
    ...(tlsCert !== undefined && tlsKey !== undefined && { tls: { cert: tlsCert, key: tlsKey } }),
    ...(flags.portal !== undefined && { portal: flags.portal }),
    ...(flags.proxyAddress !== undefined && { proxyAddress: flags.proxyAddress }),
    ...(flags.proxyVersion !== undefined && { proxyVersion: flags.proxyVersion }),
    ...(flags.listen !== undefined && { listen: flags.listen }),
    ...(flags.stateDir !== undefined && { stateDir: flags.stateDir }),
    ...(flags.luaPath !== undefined && { luaPath: flags.luaPath }),
  };
}

const UNUSED = { app: 'http://app:3000', auth: 'http://auth:9091', domain: 'app.example.com' };

function needed(option: string, value: string | undefined, example: string): string {
  if (value !== undefined) return value;
  throw cliError(`${option}: is missing; write for example ${option} ${example}`);
}

/** Which ids there are, the plan knows; what is not known comes back with what to write. */
function authProfile(id: string): AuthProfile {
  return authServer(id).id;
}
