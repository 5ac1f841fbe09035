import { trimOws } from '../headers/trim-ows.js';

const HTML = ['text/html', 'application/xhtml+xml'];
const JSON_TYPES = ['application/problem+json', 'application/json'];

/**
 * Tells whether an `Accept` header (RFC 9110 section 12.5.1) ranks HTML above JSON, as browsers do when they navigate.
 *
 * Wildcards rank neither: a client that takes anything gets JSON.
 */
export function prefersHtml(accept: string | undefined): boolean {
  if (typeof accept !== 'string') return false;
  const weights = accept.split(',').map(readRange);
  const best = (types: readonly string[]): number =>
    Math.max(0, ...weights.map(([type, weight]) => (types.includes(type) ? weight : 0)));
  return best(HTML) > best(JSON_TYPES);
}

function readRange(range: string): readonly [type: string, weight: number] {
  const [type = '', ...parameters] = range.split(';').map((part) => trimOws(part).toLowerCase());
  const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
  return [type, /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(q) ? Number(q) : 0];
}
