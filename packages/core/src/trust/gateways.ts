import { type Block, formatBlock } from '../address/block.js';

/** Addresses that are never a proxy of one's own, and whose they are. */
const GATEWAYS: ReadonlyMap<string, string> = new Map([
  ['172.17.0.1', 'is the gateway of Docker’s default network (docker0)'],
  ['192.168.65.1', 'is the gateway of Docker Desktop'],
  ['10.0.2.2', 'is the gateway of slirp4netns and QEMU'],
  [
    '10.0.2.100',
    'is where clients of published ports come from under rootless Docker and Podman (slirp4netns)',
  ],
]);

/** Says whose gateway an address is known to be; nothing for others. */
export function knownGateway(block: Block): string | undefined {
  return GATEWAYS.get(formatBlock(block));
}

/**
 * Tells whether a private address is the first of its /24 (`172.20.0.1`) or /64 (`fd00:30::1`), as the gateways of
 * container networks are unless told otherwise.
 */
export function looksLikeGateway({ family, words: [first, , third, last] }: Block): boolean {
  return family === 4 ? (first & 255) === 1 : third === 0 && last === 1;
}
