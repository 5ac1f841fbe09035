import { trimOws } from '../headers/trim-ows.js';

const SPACE = 0x20;
const TILDE = 0x7e;

/** Control, format (bidi, zero-width, BOM, tags), surrogate, line and paragraph separator; and what a lossy decoder leaves. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFD]/u;

/**
 * What proxies send when they fail to fill in a variable (H4): `(null)`, `-`, `$remote_user`, `${user}`,
 * `{http.reverse_proxy.header.Remote-User}` (Caddy), `%{REMOTE_USER}e` (Apache), `%[var(user)]` (HAProxy).
 */
const PLACEHOLDER = /^(?:\(null\)|-|\$\w+|\$?\{.*\}|%\{.*\}\w*|%\[.*\])$/s;

/** Tells whether a value is text that people can read one way only: no control or invisible character in it. */
export function isPlainText(text: string): boolean {
  return !UNPRINTABLE.test(text);
}

/** Tells whether a value is a variable that some proxy should have replaced. */
export function isPlaceholder(text: string): boolean {
  switch (text.charCodeAt(0)) {
    case 0x24: // $
    case 0x25: // %
    case 0x28: // (
    case 0x2d: // -
    case 0x7b: // {
      return PLACEHOLDER.test(text);
    default:
      return false;
  }
}

/** Tells whether a value is printable ASCII throughout, not empty, and with nothing to trim. */
export function isPlainAscii(text: string): boolean {
  if (text === '' || trimOws(text) !== text) return false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < SPACE || code > TILDE) return false;
  }
  return true;
}
