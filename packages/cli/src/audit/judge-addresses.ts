import { hasUnsetSubnet } from './compose-networks.js';
import type { Address, Container, Network } from './container.js';
import type { Finding } from './finding.js';
import { ownerOf } from './namespaces.js';
import type { Scene } from './scene.js';
import { isInSubnet } from './subnet.js';
import type { Way } from './ways.js';

/** Judges the proxy’s addresses that are kept or trusted: whether they stay, and whether Docker can give them. */
export function judgeAddresses(scene: Scene): Finding[] {
  return scene.ways
    .filter(({ network, via }) => network.kind !== 'bridge' || via !== 'network')
    .flatMap((way) =>
      way.addresses
        .filter(({ text }) => scene.kept.includes(way) || scene.trusts?.(text))
        .flatMap((address) => [
          ...(address.isStatic || scene.live.followsProxy ? [] : judgeStay(address, way, scene)),
          ...judgeFit(address, way, scene),
        ]),
    );
}

function judgeStay({ family, text }: Address, way: Way, { proxy, trusts }: Scene): Finding[] {
  if (way.via === 'gateway') return [gatewayMoves(text, way)];
  const isBesideStatic = way.addresses.some(({ isStatic }) => isStatic);
  const isTrusted = text !== undefined && trusts?.(text);
  // Its text is known and in no list: that is said of it already.
  if (isBesideStatic && text !== undefined && !isTrusted) return [];
  const name = proxy?.name ?? '';
  const isUnknown = isBesideStatic && !isTrusted;
  return [
    {
      severity: isUnknown ? 'medium' : 'high',
      code: 'address-not-static',
      subject: text ?? name,
      why: isUnknown
        ? `has an IPv${family} address on ${way.network.name} too, whichever Docker gives it: requests that come from there are refused`
        : `is whatever Docker gives ${name} on ${way.network.name}: after a restart another container may have it, and be anyone`,
      instead: 'give the proxy a static address, as below',
    },
  ];
}

/** Whoever is on the machine has it already: that it moves locks people out, and may let a container in. */
function gatewayMoves(text: string | undefined, { network }: Way): Finding {
  if (text === undefined && network.kind === 'external') {
    return {
      severity: 'medium',
      code: 'cannot-judge',
      subject: network.name,
      why: 'is made outside of this file, so that its gateway, from which the proxy on the machine comes, cannot be judged here',
      instead: 'list the gateway that docker network inspect shows',
    };
  }
  return {
    severity: text === undefined ? 'high' : 'low',
    code: 'address-not-static',
    subject: text ?? network.name,
    why:
      text === undefined
        ? 'has whatever gateway Docker gives it, from which the proxy on the machine comes'
        : `is the gateway of ${network.name} as long as the network is not made anew`,
    instead: 'write its subnet into the compose file, as below',
  };
}

function judgeFit({ family, text, isStatic }: Address, way: Way, scene: Scene): Finding[] {
  const { network, via } = way;
  if (via !== 'network' || !isStatic || text === undefined) return [];
  const blocks = network.subnets.filter((subnet) => subnet.family === family);
  const problems = [
    ...(lacksSubnet(network, blocks, scene)
      ? [`is static on ${network.name}, which has no IPv${family} subnet of its own`]
      : []),
    ...(blocks.length > 0 && !blocks.some((block) => isInSubnet(block.text, text))
      ? [`is in no subnet of ${network.name}`]
      : []),
    ...(blocks.some(({ gateway }) => gateway === text)
      ? [`is the gateway of ${network.name} as well`]
      : []),
    ...(blocks.some(({ reserved }) => reserved?.includes(text))
      ? [`is kept back by ${network.name} (aux_addresses)`]
      : []),
    ...othersThan(scene)
      .filter((other) => !other.isOptional && hasAddress(other, way, text))
      .map(({ name }) => `is static for ${name} as well`),
  ];
  return problems.map((problem) => ({
    severity: 'high',
    code: 'address-impossible',
    subject: text,
    why: `${problem}: Docker does not start that`,
    instead: 'give the proxy an address as below',
  }));
}

/** Of networks that others make, and of subnets that are variables, nobody knows here. */
function lacksSubnet(network: Network, blocks: readonly unknown[], { proxy }: Scene): boolean {
  const isCompose = proxy?.project !== undefined;
  return blocks.length === 0 && isCompose && network.kind === 'own' && !hasUnsetSubnet(network);
}

/** Everybody but the proxy and the container whose network it uses. */
function othersThan({ proxy, others }: Scene): readonly Container[] {
  const owner = proxy && ownerOf(proxy, [proxy, ...others]);
  return others.filter((other) => other !== owner);
}

function hasAddress({ mode, attachments }: Container, { network }: Way, text: string): boolean {
  return (
    mode?.kind !== 'container' &&
    attachments.some(
      (one) =>
        one.network.id === network.id &&
        one.addresses.some((address) => address.isStatic && address.text === text),
    )
  );
}
