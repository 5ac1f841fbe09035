import { bad, checkFile, isTamePath, parseUrl } from './check-values.js';
import type { Endpoint } from './plan.js';

const SERVICE_NAME =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)*$/;
const IPV6_IN_URL = /^\[[0-9a-f:.]+\]$/;

/** What stands in a URL for the host of a Unix socket; only the `Host` line of some proxies shows it. */
const SOCKET_HOST = 'localhost';

/**
 * Reads `http://host:port`, `https://host:port` or `unix:/path`. Refuses everything else, so that no part of it can end a
 * directive or a quoted text.
 *
 * The authorization server may have a path in front of its own (`http://authelia:9091/authelia`). A host name may be in
 * capitals or international: it comes out as DNS has it.
 *
 * @throws CliError that names the option, the value, and what to write.
 */
export function checkEndpoint(option: string, value: string): Endpoint {
  const example = option === '--app' ? 'http://app:3000' : 'http://authelia:9091';
  if (value.startsWith('unix:')) return socketEndpoint(option, value);
  const url = parseUrl(value);
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password;
  const path = url?.pathname.replace(/\/$/, '') ?? '';
  if (!isPlain || (path !== '' && (option === '--app' || !isTamePath(path)))) {
    throw bad(
      option,
      value,
      'is not an address like http://host:port, https://host:port or unix:/path',
      `write for example ${example}`,
    );
  }
  const { hostname } = url;
  if (!SERVICE_NAME.test(hostname) && !IPV6_IN_URL.test(hostname)) {
    throw bad(
      option,
      value,
      'has a host name with characters that have a meaning in configuration files',
      `write for example ${example}`,
    );
  }
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  const port = url.port === '' ? (scheme === 'https' ? 443 : 80) : Number(url.port);
  const authority = `${hostname}:${port}`;
  const host = hostname.replace(/^\[|\]$/g, '');
  return { scheme, url: `${scheme}://${authority}`, host, authority, port, path, socket: '' };
}

function socketEndpoint(option: string, value: string): Endpoint {
  const socket = value.slice('unix:'.length);
  checkFile(option, socket);
  const host = SOCKET_HOST;
  return { scheme: 'unix', url: value, host, authority: host, port: 0, path: '', socket };
}
