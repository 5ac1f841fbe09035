import { KNOWN_PROFILES } from '@trusted-header/core/profiles';
import { isCliError } from '../cli-error.js';
import { AUTH_SERVERS } from '../proxy-config/auth-servers.js';
import { bad } from '../proxy-config/check-values.js';
import { authServer } from '../proxy-config/compile-plan.js';
import { proxyConfig } from '../proxy-config/proxy-config.js';
import { hintFor, isProxyName, type ProxyName } from '../proxy-config/proxy-names.js';
import type { ProxySettings } from '../proxy-config/settings.js';
import type { ProbeResult } from './settings.js';

/** What to change in a proxy: the lines that are about the headers which arrived, and how to get the whole of it. */
export interface Remedy {
  readonly proxy: ProxyName;
  readonly command: string;
  /** Lines of the configuration that `command` prints. */
  readonly lines: readonly string[];
  /** How many more of them there are about these headers. */
  readonly more: number;
}

/** Enough for all that a proxy needs to set four headers and to delete every spelling of them; the command prints them all. */
const MAX_LINES = 32;

/** Takes what `proxy-config` writes for this proxy about the headers that arrived. */
export function remedyFor(result: ProbeResult, proxy: string | undefined): Remedy | undefined {
  const name = proxy ?? result.proxy;
  if (name === undefined) return undefined;
  if (!isProxyName(name)) throw bad('--proxy', name, 'is not known here', hintFor(name));
  const leaked = result.outcomes.filter(
    ({ vantage, verdict, level }) => vantage === 'front' && verdict === 'leak' && level !== 'note',
  );
  const errors = leaked.filter(({ level }) => level === 'error');
  // The worst first: there is room for few lines.
  const worst = errors.length > 0 ? errors : leaked;
  const headers = [...new Set(worst.flatMap((one) => one.headers.map(fold)))];
  if (headers.length === 0) return undefined;
  const domain = new URL(result.url).hostname;
  const profile = profileOf(result.reads);
  const auth = 'http://auth:9091';
  const settings = { app: 'http://app:3000', auth, domain: domainOr(domain), profile };
  const text = written(name, { ...settings, snippet: name === 'nginx' });
  if (text === undefined) return undefined;
  const about = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !line.startsWith('#') && headers.some((header) => holds(line, header)));
  const lines = [...new Set(about)];
  return {
    proxy: name,
    command: `npx @trusted-header/cli proxy-config ${name} --app http://app:3000 --auth ${auth} --domain ${settings.domain} --profile ${profile}`,
    lines: lines.slice(0, MAX_LINES),
    more: Math.max(0, lines.length - MAX_LINES),
  };
}

/** Some proxies cannot be written for some products: that must not cost what was found. */
function written(proxy: ProxyName, settings: ProxySettings): string | undefined {
  try {
    return proxyConfig(proxy, settings).text;
  } catch (error) {
    if (isCliError(error)) return undefined;
    throw error;
  }
}

function profileOf(reads: readonly string[]) {
  const [user = ''] = reads.map(fold);
  const known = Object.values(KNOWN_PROFILES).find((one) => fold(one.user.header) === user);
  return authServer(known && Object.hasOwn(AUTH_SERVERS, known.id) ? known.id : 'authelia').id;
}

/** An address has no name that a certificate could be for. */
function domainOr(host: string): string {
  return /^[a-z][a-z0-9.-]*\.[a-z]+$/i.test(host) ? host : 'app.example.com';
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[_.]/g, '-');
}

function holds(line: string, header: string): boolean {
  return fold(line).includes(header);
}
