import { compileTrust } from '@trusted-header/core';
import type { Address } from './container.js';
import { type LiveEntries, liveEntriesOf } from './live-entries.js';
import type { Roles } from './pick-roles.js';
import { isTraefik, type Way, waysOf } from './ways.js';

/** What the judges look at: who is who, how the proxy comes, and how the list is called. */
export interface Scene extends Roles {
  /** The environment variable that holds the list. */
  readonly variable: string;
  readonly ways: readonly Way[];
  /** Those of the ways that the advice keeps: where a static address is listed already; else all. */
  readonly kept: readonly Way[];
  /** The sources of the list. */
  readonly live: LiveEntries;
  /** The entries that can be judged; absent where the list is unknown or not legal. */
  readonly trusts?: (address: string | undefined) => address is string;
}

/** Sets the scene. */
export function sceneOf(roles: Roles, variable: string): Scene {
  const ways = waysOf(roles);
  const trusts = trustOf(roles);
  const listed = ways.filter(({ addresses }) =>
    addresses.some(({ text, isStatic }) => isStatic && trusts?.(text)),
  );
  return {
    ...roles,
    live: liveEntriesOf(roles),
    variable,
    ways,
    kept: listed.length > 0 ? listed : isOneEnough(roles, ways) ? narrowest(ways, roles) : ways,
    ...(trusts && { trusts }),
  };
}

/** Traefik can be told which network to take; others take what a name is resolved to. */
function isOneEnough({ proxy }: Roles, ways: readonly Way[]): boolean {
  return proxy !== undefined && isTraefik(proxy) && ways.length > 1;
}

/** The way with the fewest others on its network. */
function narrowest(ways: readonly Way[], { others }: Roles): readonly Way[] {
  const crowd = ({ network }: Way): number =>
    others.filter(({ attachments }) => attachments.some((one) => one.network.id === network.id))
      .length;
  return [...ways].sort((a, b) => crowd(a) - crowd(b)).slice(0, 1);
}

function trustOf({ app: { list } }: Roles): Scene['trusts'] {
  if (list.kind !== 'set') return undefined;
  try {
    const trust = compileTrust(list.value);
    return (address): address is string => address !== undefined && trust.has(address);
  } catch {
    return undefined;
  }
}

/** What to set the list to; where an address does not stay, that comes first. */
export function listAdvice({ kept, variable }: Scene): string {
  const addresses = kept.flatMap((way) => way.addresses);
  const texts = textsOf(addresses);
  return texts.length > 0 && addresses.every(({ isStatic }) => isStatic)
    ? `set ${variable}=${texts.join(',')}`
    : 'give the proxy a static address and list that one alone';
}

function textsOf(addresses: readonly Address[]): string[] {
  return addresses.flatMap(({ text }) => (text === undefined ? [] : [text]));
}
