import { entriesOf } from '../entries-of.js';
import type { Finding } from './finding.js';
import { ownerOf } from './namespaces.js';
import { type NetworkPlan, planNetworks } from './plan-networks.js';
import type { Scene } from './scene.js';
import { staticAddressFragment } from './static-address-fragment.js';
import { externalSteps, stepsFor } from './steps.js';
import { isTraefik } from './ways.js';

/** What to do about the findings. */
export interface Advice {
  /** What to do outside of the compose file, or before; commands begin with two spaces. */
  readonly steps?: readonly string[];
  /** A piece of a compose file: the proxy’s, and the application’s where it is the same. */
  readonly fragment?: string;
  /** The application’s, where it is in another project. */
  readonly appFragment?: string;
}

/** Findings that an address and a list mend. */
const MENDED: ReadonlySet<Finding['code']> = new Set([
  'list-missing',
  'list-invalid',
  'address-not-static',
  'address-impossible',
  'proxy-not-listed',
  'other-container',
  'gateway-trusted',
  'unexplained-entry',
  'public-block',
  'public-address',
  'gateway',
  'pod-network',
  'private-block',
  'tailnet-block',
  'link-local',
  'never-a-peer',
  'covered',
]);

/** Writes what mends the findings, so that it can be applied as it is; nothing where there is nothing to mend. */
export function advise(scene: Scene, findings: readonly Finding[]): Advice {
  const { proxy, app, kept } = scene;
  const blocked = stepsFor(scene);
  if (blocked.length > 0) return { steps: blocked };
  const isWay = kept.length > 0 && kept.every(({ via }) => via !== 'self');
  if (!proxy || !isWay || !findings.some((finding) => isMended(finding, kept))) return {};
  const plans = planNetworks(scene);
  // A network that the application’s own file makes gets its subnet there.
  const inApp = plans.flatMap((plan) => {
    const network = app.attachments.find((one) => one.network.id === plan.network.id)?.network;
    return plan.network.kind === 'external' && network?.kind === 'own'
      ? [{ ...plan, network }]
      : [];
  });
  const outside = plans
    .filter(({ network }) => !inApp.some((plan) => plan.network.id === network.id))
    .flatMap(externalSteps);
  const steps = outside.length > 0 && { steps: outside };
  const parts = { name: app.name, environment: { [scene.variable]: newList(scene, plans) } };
  if (proxy.mode?.kind === 'host') {
    return { ...steps, fragment: staticAddressFragment({ plans, app: parts }) };
  }
  const owner = ownerOf(proxy, [proxy, ...scene.others])?.name ?? proxy.name;
  const appLabels = isTraefik(proxy) ? traefikLabels(scene) : undefined;
  if (proxy.project === app.project) {
    return {
      ...steps,
      fragment: staticAddressFragment({ proxy: owner, plans, app: parts, appLabels }),
    };
  }
  return {
    ...steps,
    fragment: staticAddressFragment({ proxy: owner, plans }),
    appFragment: staticAddressFragment({ plans: inApp, app: parts, appLabels }),
  };
}

/** An address on a network that is not kept stays unlisted: sharing that network no more is what mends it. */
function isMended({ code, subject }: Finding, kept: Scene['kept']): boolean {
  if (code !== 'proxy-not-listed') return MENDED.has(code);
  return kept.some(({ addresses }) => addresses.some(({ text }) => text === subject));
}

/** The planned addresses, and the sockets of the list, which have nothing to do with them. */
function newList({ app: { list } }: Scene, plans: readonly NetworkPlan[]): string {
  const sockets =
    list.kind === 'set' ? entriesOf(list.value).filter((entry) => /^unix:\//.test(entry)) : [];
  const addresses = plans.flatMap((plan) => plan.addresses.map(({ text }) => text));
  return [...addresses, ...new Set(sockets)].join(',');
}

/** Of several networks, Traefik takes the one that the application’s label names. */
function traefikLabels({ ways, kept }: Scene): Record<string, string> | undefined {
  const [
    {
      network: { dockerName },
    } = { network: {} },
  ] = kept;
  if (ways.length < 2 || kept.length !== 1 || !dockerName) return undefined;
  return { 'traefik.docker.network': dockerName };
}
