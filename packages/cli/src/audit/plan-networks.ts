import { auditTrustedProxies } from '@trusted-header/core';
import { entriesOf } from '../entries-of.js';
import type { Address, Attachment, Network } from './container.js';
import { type Family, formatIp, parseIp } from './ip.js';
import type { Scene } from './scene.js';
import {
  firstAddress,
  formatSubnet,
  freeAddress,
  isInSubnet,
  overlaps,
  parseSubnet,
  type Subnet,
} from './subnet.js';
import type { Way } from './ways.js';

/** The addresses that the proxy shall have on a network, each with its subnet. */
export interface NetworkPlan {
  readonly network: Network;
  readonly via: Way['via'];
  readonly addresses: readonly PlannedAddress[];
}

/** An address to ask for, and the subnet that the network must have for it. */
export interface PlannedAddress {
  readonly family: Family;
  readonly text: string;
  readonly subnet: string;
}

/** Plans a static address per network and family: what is there already, else what the list says, else a free one. */
export function planNetworks(scene: Scene): NetworkPlan[] {
  const planned: Subnet[] = [];
  return scene.kept.map((way) => {
    const families =
      way.addresses.length > 0 ? way.addresses : [{ family: 4, isStatic: false } as const];
    return {
      network: way.network,
      via: way.via,
      addresses: families.map((address) => {
        const plan = planAddress(address, way, scene, [...usedBeside(way, scene), ...planned]);
        // Every network gets a subnet of its own.
        planned.push(...subnetOf(plan.subnet));
        return plan;
      }),
    };
  });
}

/** The blocks of networks: those that are written, and those round addresses on other networks that have none. */
function usedBeside({ network: mine }: Way, scene: Scene): Subnet[] {
  return attachmentsOf(scene).flatMap(({ network, addresses }) => [
    ...network.subnets.flatMap(({ text }) => subnetOf(text)),
    ...addresses.flatMap(({ family, text }) =>
      text === undefined || network.id === mine.id ? [] : subnetOf(blockAround(text, family) ?? ''),
    ),
  ]);
}

function attachmentsOf({ proxy, others }: Scene): Attachment[] {
  return [...(proxy ? [proxy] : []), ...others].flatMap(({ attachments }) => attachments);
}

function subnetOf(text: string): Subnet[] {
  const subnet = parseSubnet(text);
  return subnet ? [subnet] : [];
}

function planAddress(
  { family, text }: Address,
  way: Way,
  scene: Scene,
  used: readonly Subnet[],
): PlannedAddress {
  const subnets = way.network.subnets.filter((subnet) => subnet.family === family);
  const [first] = subnets;
  const taken = takenOn(way, scene);
  const fits = (one: string): boolean =>
    way.via === 'gateway'
      ? subnets.some(({ gateway }) => gateway === one) || (!first && isFirst(one))
      : !taken.includes(one) &&
        (first ? subnets.some((subnet) => isInSubnet(subnet.text, one)) : !isFirst(one));
  const wanted = [text, ...(scene.kept.length === 1 ? listedAddresses(scene) : [])].find(
    (one) => one !== undefined && parseIp(one)?.family === family && fits(one),
  );
  const around = wanted && blockAround(wanted, family);
  const subnet = (
    subnets.find((one) => wanted !== undefined && isInSubnet(one.text, wanted)) ?? first
  )?.text;
  const block = subnet ?? (around && !isUsed(around, used) ? around : exampleBlock(family, used));
  if (wanted !== undefined && isInSubnet(block, wanted))
    return { family, text: wanted, subnet: block };
  const chosen = way.via === 'gateway' ? firstAddress(block) : freeAddress(block, taken);
  if (chosen !== undefined) return { family, text: chosen, subnet: block };
  // The block is too small, or full.
  const another = exampleBlock(family, used);
  return { family, text: freeAddress(another, taken) ?? '', subnet: another };
}

/** Addresses of the list that may be meant for the proxy: single ones that nobody else has, and no gateway’s. */
function listedAddresses({ app, others, trusts, kept }: Scene): string[] {
  if (app.list.kind !== 'set' || !trusts) return [];
  const isGateway = kept.some(({ via }) => via === 'gateway');
  return entriesOf(app.list.value).filter(
    (entry) =>
      parseIp(entry) !== undefined &&
      auditTrustedProxies(entry).every(({ code }) => isGateway && code === 'gateway') &&
      !others.some(({ attachments }) =>
        attachments.some(({ addresses }) => addresses.some(({ text }) => text === entry)),
      ),
  );
}

/** What others have on the network, the gateways, and what the proxy has on other networks. */
function takenOn({ network }: Way, { proxy, others }: Scene): string[] {
  const addressesOn = (some: readonly Attachment[], isHere: boolean): (string | undefined)[] =>
    some
      .filter((one) => (one.network.id === network.id) === isHere)
      .flatMap(({ addresses }) => addresses.map(({ text }) => text));
  return [
    ...others.flatMap(({ attachments }) => addressesOn(attachments, true)),
    ...addressesOn(proxy?.attachments ?? [], false),
    ...network.subnets.map(({ gateway }) => gateway),
  ].filter((text) => text !== undefined);
}

/** The /24 or /64 of an address. */
function blockAround(address: string, family: Family): string | undefined {
  const subnet = parseSubnet(`${address}/${family === 4 ? 24 : 64}`);
  return subnet && formatSubnet(subnet);
}

function isFirst(address: string): boolean {
  const family = parseIp(address)?.family ?? 4;
  return firstAddress(blockAround(address, family) ?? '') === address;
}

function isUsed(block: string, used: readonly Subnet[]): boolean {
  const subnet = parseSubnet(block);
  return subnet !== undefined && used.some((other) => overlaps(subnet, other));
}

/** Where nothing is known: a block that Docker's own pools do not use, and nobody here. */
function exampleBlock(family: Family, used: readonly Subnet[]): string {
  for (let i = 7; i < 256; i += 1) {
    const value =
      family === 4
        ? (10n << 24n) + (213n << 16n) + BigInt(i << 8)
        : (0xfd13021300000000n + (BigInt(i) << 16n)) << 64n;
    const block = `${formatIp({ family, value })}/${family === 4 ? 24 : 64}`;
    if (!isUsed(block, used)) return block;
  }
  return family === 4 ? '10.214.0.0/24' : 'fd13:214::/64';
}
