import { ConfigError, compileTrust } from '@trusted-header/core';
import { cliError } from '../cli-error.js';
import { entriesOf } from '../entries-of.js';

const HOST_NAME = /^(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})*$/;
const FILE = /^\/[A-Za-z0-9._/-]+$/;
const SOCKET = /^unix:(?:fd|(?:\/[A-Za-z0-9._-]+)+)$/;
/** Addresses, blocks and core's names for ranges; which of them are legal, core says. */
const ADDRESS = /^[a-z0-9:.]+(?:\/\d{1,3})?$/i;
const PATH_PREFIX = /^(\/[A-Za-z0-9._~-]+)+\/?$/;

/** The URL parser drops white space and an empty query without a word, and turns \ into /; here they are mistakes. */
export function parseUrl(value: string): URL | undefined {
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

/**
 * Reads a host name, or `*.` and one, and gives it as DNS has it: in lower case, international names as `xn--…`.
 *
 * @throws CliError
 */
export function checkDomain(option: string, value: string): string {
  const [, star = '', name = ''] = /^([*][.])?(.+)$/s.exec(value) ?? [];
  const ascii = toAscii(name);
  if (ascii !== undefined && ascii.length <= 251 && HOST_NAME.test(ascii)) return star + ascii;
  throw bad(
    option,
    value,
    'is not a host name',
    'write for example app.example.com or *.example.com, without scheme, port or path',
  );
}

/** Only letters, digits, hyphens and dots of any script are looked at further: the URL parser drops and unescapes others. */
function toAscii(name: string): string | undefined {
  if (/^[A-Za-z0-9.-]+$/.test(name)) return name.toLowerCase();
  if (!/^[\p{L}\p{M}\p{Nd}.-]+$/u.test(name)) return undefined;
  return URL.canParse(`http://${name}`) ? new URL(`http://${name}`).hostname : undefined;
}

/** Reads the name of a cookie. @throws CliError */
export function checkCookieName(option: string, value: string): string {
  if (/^[A-Za-z0-9_-]{1,128}$/.test(value)) return value;
  throw bad(option, value, 'is not the name of a cookie', 'write for example authelia_session');
}

/** Reads a path prefix without `//`, `.`, `..` or anything encoded. @throws CliError */
export function checkPathPrefix(option: string, value: string): string {
  if (isTamePath(value)) return value.replace(/\/$/, '');
  throw bad(option, value, 'is not a plain path prefix below /', 'write for example /public');
}

/** Tells whether a path is plain: no `//`, `.`, `..`, nothing encoded. */
export function isTamePath(path: string): boolean {
  return PATH_PREFIX.test(path) && !path.split('/').some((part) => part === '.' || part === '..');
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
