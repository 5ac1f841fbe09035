import { type Advice, advise } from './advise.js';
import type { Finding } from './finding.js';
import { judgeAddresses } from './judge-addresses.js';
import { judgeList } from './judge-list.js';
import { judgeNetworks } from './judge-networks.js';
import { judgePorts } from './judge-ports.js';
import type { Roles } from './pick-roles.js';
import { sceneOf } from './scene.js';
import type { Way } from './ways.js';

/** What the audit of a deployment found. */
export interface DeploymentAudit extends Advice {
  /** Absent where nothing looks like the proxy. */
  readonly proxy?: string;
  readonly app: string;
  readonly trustedProxies?: string;
  /** The ways from the proxy to the application, with the peers that it will see. */
  readonly shared: readonly SharedNetwork[];
  readonly findings: readonly Finding[];
}

/** A network by which the proxy reaches the application. */
export interface SharedNetwork {
  readonly network: string;
  /** The address that the application sees; absent where Docker chooses it. */
  readonly address?: string | undefined;
  /** The IPv6 address beside an IPv4 one. */
  readonly ipv6?: string | undefined;
  /** Whether all of them were asked for, and so stay. */
  readonly isStatic: boolean;
  readonly subnet?: string | undefined;
  readonly gateway?: string | undefined;
}

/**
 * Compares what an application trusts with the ways by which its proxy reaches it (T7).
 *
 * Every entry must be explained by the proxy, and every address of the proxy must be listed. Sees what is configured,
 * not who can reach what: another container that takes the address while the proxy is down is beyond it.
 */
export function auditDeployment(
  roles: Roles,
  variable: string,
  more: readonly Finding[] = [],
): DeploymentAudit {
  const scene = sceneOf(roles, variable);
  const list = judgeList(scene);
  const findings = [
    ...more,
    ...judgeNetworks(scene),
    ...list,
    ...judgePorts(scene, list),
    ...judgeAddresses(scene),
  ];
  const { proxy, app } = roles;
  return {
    ...(proxy && { proxy: proxy.name }),
    app: app.name,
    ...(app.list.kind === 'set' && { trustedProxies: app.list.value }),
    shared: scene.ways.map(sharedNetwork),
    findings,
    ...advise(scene, findings),
  };
}

function sharedNetwork({ network, addresses }: Way): SharedNetwork {
  const [first, second] = addresses;
  const subnet = network.subnets.find(({ family }) => family === (first?.family ?? 4));
  return {
    network: network.name,
    address: first?.text,
    ...(second?.text !== undefined && { ipv6: second.text }),
    isStatic: addresses.length > 0 && addresses.every(({ isStatic }) => isStatic),
    subnet: subnet?.text,
    gateway: subnet?.gateway,
  };
}
