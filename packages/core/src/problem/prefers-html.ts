import { readWeighted } from './read-weighted.js';

const HTML = ['text/html', 'application/xhtml+xml'];
const JSON_TYPES = ['application/problem+json', 'application/json'];

/**
 * Tells whether an `Accept` header (RFC 9110 section 12.5.1) ranks HTML above JSON, as browsers do when they navigate.
 *
 * Wildcards rank neither: a client that takes anything gets JSON.
 */
export function prefersHtml(accept: string | undefined): boolean {
  const weights = readWeighted(accept);
  const best = (types: readonly string[]): number =>
    Math.max(0, ...weights.map(([type, weight]) => (types.includes(type) ? weight : 0)));
  return best(HTML) > best(JSON_TYPES);
}
