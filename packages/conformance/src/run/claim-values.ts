import type { WireRequest } from '../case.js';
import { isIdentityName } from '../identity-names.js';

/** Shorter values are parts of ordinary words. */
const SHORTEST = 5;

/** Lists the values of identity headers and their aliases in a request: what must show up nowhere but in a decision. */
export function claimValues({ lines = [], trailers = [] }: WireRequest): readonly string[] {
  return [...lines, ...trailers].flatMap((line) => {
    const colon = line.indexOf(':');
    const value = line.slice(colon + 1).trim();
    return isIdentityName(line.slice(0, colon)) && value.length >= SHORTEST ? [value] : [];
  });
}
