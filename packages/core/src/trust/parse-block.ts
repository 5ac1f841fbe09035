import { addressBits, type Block, formatBlock, networkOf } from '../address/block.js';
import { parseAddress } from '../address/parse-address.js';
import { sharesBits } from '../address/shares-bits.js';
import type { EntryFault } from './entry-fault.js';
import { explainEntry } from './explain-entry.js';

const scratch = new Uint32Array(4);

/**
 * Parses an address or a CIDR block; a bare address is a block of one.
 *
 * An IPv4-mapped block (`::ffff:10.0.0.0/104`) comes out as the IPv4 block in it. Refuses host bits, `/0`, and
 * whatever {@link parseAddress} refuses, with the form to write instead.
 */
export function parseBlock(text: string): Block | EntryFault {
  const slash = text.indexOf('/');
  const end = slash < 0 ? text.length : slash;
  const family = parseAddress(text, end, scratch);
  if (family === 0) return explainEntry(text);

  const written = text.includes(':') ? 128 : 32;
  const length = slash < 0 ? written : parsePrefixLength(text.slice(slash + 1), written);
  if (length === undefined) return explainEntry(text);

  const mapped = written === 128 && family === 4;
  if (mapped && length < 96) {
    return blockOf(6, Uint32Array.of(0, 0, 0xffff, scratch[0] ?? 0), length);
  }
  return blockOf(family, scratch, mapped ? length - 96 : length);
}

function blockOf(family: 4 | 6, words: Uint32Array, prefix: number): Block | EntryFault {
  if (prefix === 0) {
    return {
      problem: 'trusts every address there is',
      instead: 'write the address of the proxy, such as 172.20.0.2',
    };
  }
  const network = networkOf(words, prefix);
  if (!sharesBits(words, 0, network, addressBits(family))) {
    const one = formatBlock({ family, words: networkOf(words, 128), prefix: addressBits(family) });
    const whole = formatBlock({ family, words: network, prefix });
    return {
      problem: `has bits set behind its /${prefix} prefix`,
      instead: `write ${one} for the one address, or ${whole} for the whole block`,
    };
  }
  return { family, words: network, prefix };
}

/** Decimal, no sign, no leading zero, at most `longest`. */
function parsePrefixLength(text: string, longest: number): number | undefined {
  if (!/^(?:0|[1-9]\d{0,2})$/.test(text)) return undefined;
  const length = Number(text);
  return length <= longest ? length : undefined;
}
