import { matchName } from './header-name.js';

/**
 * Widens the test for identity headers by what a product sends beside the claim (H10): no claim, and hidden as well.
 *
 * @param hidden Names in lower case; one that ends in `*` stands for all that begin so.
 */
export function withHidden(
  isClaim: (name: string) => boolean,
  hidden: readonly string[],
): (name: string) => boolean {
  if (hidden.length === 0) return isClaim;
  const beginnings = hidden.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  return (name) => isClaim(name) || (typeof name === 'string' && isHidden(name));

  function isHidden(name: string): boolean {
    return (
      hidden.some((lower) => matchName(name, lower) !== undefined) ||
      beginnings.some((lower) => matchName(name.slice(0, lower.length), lower) !== undefined)
    );
  }
}
