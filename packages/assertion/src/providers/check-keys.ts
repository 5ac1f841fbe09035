import { type ConfigIssue, configIssue } from '@trusted-header/core';
import { isObject } from './check-settings.js';

const LEAST_SECRET = 32;

/** Lists what is wrong with where the keys come from: not over `https:`, or a secret that can be guessed. */
export function keyIssues(keys: unknown, allowPlainHttp: boolean): ConfigIssue[] {
  const { kind, url, secret } = isObject(keys) ? keys : {};
  switch (kind) {
    case 'secret': {
      const isLong = typeof secret === 'string' && utf8Length(secret) >= LEAST_SECRET;
      // The value itself is in no message.
      return isLong
        ? []
        : [
            configIssue(
              'keys.clientSecret',
              '…',
              `is shorter than ${LEAST_SECRET} bytes, and can be guessed`,
              'make a longer one at the provider',
            ),
          ];
    }
    case 'jwks':
    case 'pem-per-key':
      return urlIssues(url, allowPlainHttp);
    default:
      return [configIssue('keys', kind, 'says no place of keys', "write { jwks: 'https://…' }")];
  }
}

function urlIssues(url: unknown, allowPlainHttp: boolean): ConfigIssue[] {
  const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed) {
    return [configIssue('jwks', url, 'is no URL', "write for example 'https://…/jwks.json'")];
  }
  const isLoopback = parsed.hostname === '127.0.0.1' || parsed.hostname === '[::1]';
  if (parsed.username !== '' || parsed.password !== '' || parsed.hash !== '') {
    return [
      configIssue('jwks', '…', 'holds a password or a fragment', 'write the address without it'),
    ];
  }
  if (parsed.protocol === 'https:') return [];
  if (parsed.protocol === 'http:' && isLoopback && allowPlainHttp) return [];
  return [
    configIssue(
      'jwks',
      url,
      'is not https: whoever is on the way could put keys of their own in its place',
      'write https://…',
    ),
  ];
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
