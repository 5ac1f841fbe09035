import { compileTrust } from '@trusted-header/core';
import { getBuiltinModule } from '../builtin.js';

/** Gives those of the addresses that are this machine's own, loopback among them. What is no address is not. */
export function ownAmong(addresses: readonly string[]): readonly string[] {
  const { networkInterfaces } = getBuiltinModule('node:os');
  const own = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .map(({ address }) => address.replace(/%.*/, ''));
  const machine = compileTrust(['loopback', ...own]);
  return addresses.filter((address) => machine.has(address));
}
