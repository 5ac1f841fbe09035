import { KNOWN_PROFILES } from '@trusted-header/core/profiles';
import { EMPTY, type PlaygroundInput } from './input.js';

/** A header line, also indented, and with the mark that `curl -v` puts in front of it. */
const HEADER = /^([ \t]*[<>]?[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:).*$/;

/** What a decision or the reading of a dump depends on, in lower case and with `-` for `_` and `.`. */
const KEPT: ReadonlySet<string> = new Set([
  'connection',
  'remoteaddr',
  ...Object.values(KNOWN_PROFILES).flatMap(({ user, groups, name, email, extra }) =>
    [user, groups, name, email, ...Object.values(extra ?? {})].flatMap((source) =>
      source === undefined || source === 'user' ? [] : [plain(source.header)],
    ),
  ),
]);

/** More than this fits in no address bar; it is no link, and the page says so. */
const LONGEST = 8000;

/**
 * Writes the input as the fragment of a link, which browsers send to no server.
 *
 * Keeps the values of identity headers, and of no others: cookies, passwords and tokens are not for those who get the link. A HAR
 * file, which is full of them, makes no link, nor does what is too long for one.
 */
export function fragmentOf(input: PlaygroundInput): string | undefined {
  if (isJson(input.text)) return undefined;
  const kept = { ...input, text: withoutSecrets(input.text) };
  const fields = Object.entries(kept).filter(([name, value]) => value !== Reflect.get(EMPTY, name));
  const fragment = fields.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return fragment.length > LONGEST ? undefined : `#${fragment}`;
}

/** Reads the input of a link, or nothing where the fragment is another one. */
export function inputOf(fragment: string): PlaygroundInput | undefined {
  const params = new URLSearchParams(fragment.replace(/^#/, '').replaceAll('+', '%2B'));
  const names = Object.keys(EMPTY).filter((name) => params.has(name));
  if (names.length === 0) return undefined;
  const field = (name: keyof PlaygroundInput): string => params.get(name) ?? EMPTY[name];
  return {
    trusted: field('trusted'),
    peer: field('peer'),
    profile: field('profile'),
    text: field('text'),
    required: field('required'),
    limits: field('limits'),
    socket: field('socket'),
  };
}

/** The text without what a decision does not depend on: values of other headers, and queries of URLs. */
export function withoutSecrets(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const end = line.endsWith('\r') ? '\r' : '';
      const [, start, name] = HEADER.exec(line.slice(0, line.length - end.length)) ?? [];
      if (start === undefined || name === undefined)
        return line.replace(/\?[^\s"']+/g, '?left-out');
      return KEPT.has(plain(name)) ? line : `${start} (left out)${end}`;
    })
    .join('\n');
}

/** Tells whether a HAR file was pasted, or another page in JSON. */
export function isJson(text: string): boolean {
  return /^\s*\{/.test(text);
}

function plain(header: string): string {
  return header.toLowerCase().replace(/[_.]/g, '-');
}
