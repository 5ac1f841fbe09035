import { networkInterfaces } from 'node:os';
import { compileTrust } from '@trusted-header/core';

/** Gives those of the addresses that are this machine's own, loopback among them. What is no address is not. */
export function ownAmong(addresses: readonly string[]): readonly string[] {
  const own = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .map(({ address }) => address.replace(/%.*/, ''));
  const machine = compileTrust(['loopback', ...own]);
  return addresses.filter((address) => machine.has(address));
}
