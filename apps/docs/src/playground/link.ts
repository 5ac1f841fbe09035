import { EMPTY, type PlaygroundInput } from './input.js';

/** Headers whose values are secrets: a link is sent to others. They are no part of the decision. */
const SECRET =
  /^((?:[<>] ?)?(?:cookie|set-cookie|authorization|proxy-authorization|[\w-]*(?:token|jwt|secret|password|api-?key|assertion)[\w-]*)[ \t]*:).*$/gim;

/** More than this fits in no address bar; it is no link, and the page says so. */
const LONGEST = 8000;

/**
 * Writes the input as the fragment of a link, which browsers send to no server.
 *
 * Leaves out the values of headers that are secrets. Nothing where the input is too long for a link.
 */
export function fragmentOf(input: PlaygroundInput): string | undefined {
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

/** The text without the values of cookies, passwords and tokens. */
export function withoutSecrets(text: string): string {
  return text.replace(SECRET, '$1 (left out)');
}
