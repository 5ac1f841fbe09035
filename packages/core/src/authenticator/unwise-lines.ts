import { addressBits } from '../address/block.js';
import { knownGateway } from '../trust/gateways.js';
import { judgeEntry } from '../trust/judge-entry.js';
import type { TrustEntry } from '../trust/parse-trusted-proxies.js';

const MOST_LINES = 3;

/**
 * Says what is dangerous about a list that is legal: what `auditTrustedProxies` finds of severity `high` (T7), in a few lines. The
 * rest is for who asks: `npx @trusted-header/cli audit`.
 */
export function unwiseLines(entries: readonly TrustEntry[]): readonly string[] {
  const lines = entries
    .filter(mayBeDangerous)
    .flatMap(judgeEntry)
    .filter(({ severity }) => severity === 'high')
    .map(({ entry, why, instead }) => `trustedProxies: ${entry} ${why}; ${instead}`);
  const more = lines.length - MOST_LINES;
  if (more <= 0) return lines;
  const rest = `trustedProxies: ${more} more entries are as dangerous: see npx @trusted-header/cli audit`;
  return [...lines.slice(0, MOST_LINES), rest];
}

/** Tells what needs a look: single addresses are as they should be, but for gateways. So a start with a good list loads no words. */
function mayBeDangerous({ live, blocks }: TrustEntry): boolean {
  return (
    live !== undefined ||
    blocks.some((block) => block.prefix < addressBits(block.family) || knownGateway(block))
  );
}
