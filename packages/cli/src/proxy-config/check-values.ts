import { ConfigError, compileTrust } from '@trusted-header/core';
import { cliError } from '../cli-error.js';
import { entriesOf } from '../entries-of.js';
import type { Endpoint } from './plan.js';

const HOST_NAME = /^(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})*$/;
const SERVICE_NAME =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)*$/;
const IPV6_IN_URL = /^\[[0-9a-f:.]+\]$/;
const FILE = /^\/[A-Za-z0-9._/-]+$/;
const SOCKET = /^unix:(?:fd|(?:\/[A-Za-z0-9._-]+)+)$/;
/** Addresses, blocks and core's names for ranges; which of them are legal, core says. */
const ADDRESS = /^[a-z0-9:.]+(?:\/\d{1,3})?$/i;
const PATH_PREFIX = /^(\/[A-Za-z0-9._~-]+)+\/?$/;

/**
 * Reads `http://host:port`. Refuses everything else, so that no part of it can end a directive or a quoted text.
 *
 * @throws CliError that names the option, the value, and what to write.
 */
export function checkEndpoint(option: string, value: string): Endpoint {
  const example = option === '--app' ? 'http://app:3000' : 'http://authelia:9091';
  const url = parseUrl(value);
  if (url?.protocol === 'https:') {
    throw bad(
      option,
      value,
      'is https, which the generated configuration does not speak on this hop',
      `write ${example}, and keep the hop on a private network`,
    );
  }
  if (
    url?.protocol !== 'http:' ||
    url.username ||
    url.password ||
    url.search ||
    url.hash ||
    url.pathname !== '/'
  ) {
    throw bad(
      option,
      value,
      'is not an address like http://host:port',
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
  const port = url.port === '' ? 80 : Number(url.port);
  const authority = `${hostname}:${port}`;
  return { url: `http://${authority}`, host: hostname.replace(/^\[|\]$/g, ''), authority, port };
}

/** The URL parser drops white space and an empty query without a word, and turns \ into /; here they are mistakes. */
function parseUrl(value: string): URL | undefined {
  return /[\s\p{Cc}\p{Cf}?#\\]/u.test(value) || !URL.canParse(value) ? undefined : new URL(value);
}

/** Reads the sign-in page's address. @throws CliError */
export function checkPortal(option: string, value: string): string {
  const url = parseUrl(value);
  const clean =
    url &&
    /^https?:$/.test(url.protocol) &&
    !url.username &&
    !url.password &&
    !url.search &&
    !url.hash &&
    HOST_NAME.test(url.hostname);
  if (!clean || (url.pathname !== '/' && !PATH_PREFIX.test(url.pathname))) {
    throw bad(
      option,
      value,
      'is not the address of a sign-in page',
      'write for example https://auth.example.com',
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/$/, '');
}

/** Reads a host name. @throws CliError */
export function checkDomain(option: string, value: string): string {
  if (value.length <= 253 && HOST_NAME.test(value)) return value;
  throw bad(
    option,
    value,
    'is not a host name in lower case',
    'write for example app.example.com, without scheme, port or path',
  );
}

/** Reads a path prefix without `//`, `.`, `..` or anything encoded. @throws CliError */
export function checkPathPrefix(option: string, value: string): string {
  const tame =
    PATH_PREFIX.test(value) && !value.split('/').some((part) => part === '.' || part === '..');
  if (tame) return value.replace(/\/$/, '');
  throw bad(option, value, 'is not a plain path prefix below /', 'write for example /public');
}

/** Reads an absolute path without spaces or quotes. @throws CliError */
export function checkFile(option: string, value: string): string {
  if (FILE.test(value) && !value.split('/').includes('..')) return value;
  throw bad(
    option,
    value,
    'is not an absolute path of plain characters',
    'write for example /etc/ssl/app.pem',
  );
}

/** Reads `8080`, `127.0.0.1:8080` or `[::1]:8080`. @throws CliError */
export function checkListen(
  option: string,
  value: string,
): { address: string; port: number; given: boolean } {
  const [, address = '', digits = ''] =
    /^(?:(\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\]):)?(\d{1,5})$/.exec(value) ?? [];
  const port = Number(digits);
  if (digits !== '' && port >= 1 && port <= 65_535) return { address, port, given: true };
  throw bad(
    option,
    value,
    'is not a port or address:port',
    'write for example 8080 or 127.0.0.1:8080',
  );
}

/**
 * Reads a list of trusted proxies, and writes its entries with commas between them.
 *
 * Refuses what core refuses, and socket paths with characters that mean something in a configuration file.
 *
 * @throws CliError
 */
export function checkTrustedProxies(option: string, value: string): string {
  try {
    compileTrust(value);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [issue] = error.issues;
    throw bad(option, value, issue?.problem ?? 'cannot be used', issue?.instead ?? error.message);
  }
  const entries = entriesOf(value);
  if (entries.every((entry) => ADDRESS.test(entry) || SOCKET.test(entry))) return entries.join(',');
  throw bad(
    option,
    value,
    'has an entry with characters that have a meaning in configuration files',
    'write for example 172.20.0.2 or unix:/run/app.sock',
  );
}

/** Reads a version into its numbers. @throws CliError */
export function checkVersion(option: string, value: string): readonly number[] {
  if (/^v?\d{1,4}(\.\d{1,4}){0,3}$/.test(value))
    return value.replace(/^v/, '').split('.').map(Number);
  throw bad(option, value, 'is not a version', 'write for example 2.11.3');
}

/** Builds the one kind of message that these checks give. */
export function bad(option: string, value: string, problem: string, instead: string): Error {
  const shown = JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
  return cliError(`${option}: ${shown} ${problem}; ${instead}`);
}
