import type { Address, Attachment, Container, Network } from './container.js';
import { ownerOf } from './namespaces.js';
import type { Roles } from './pick-roles.js';

/** One way from the proxy to the application: a network, and the addresses from which the application sees it come. */
export interface Way extends Attachment {
  /** `gateway`: the proxy is on the machine, and comes from the network’s gateway; `self`: both share one network stack. */
  readonly via: 'network' | 'gateway' | 'self';
}

const LOOPBACK: Way = {
  via: 'self',
  network: { id: 'loopback', name: 'loopback', kind: 'own', families: [4, 6], subnets: [] },
  addresses: [
    { family: 4, text: '127.0.0.1', isStatic: true },
    { family: 6, text: '::1', isStatic: true },
  ],
};

/** Finds the ways from the proxy to the application. Traefik says itself which network it takes; others may take any. */
export function waysOf({ proxy, app, others }: Roles): Way[] {
  if (!proxy) return [];
  const all = [proxy, ...others];
  if (shareStack(proxy, app, all)) return [LOOPBACK];
  if (proxy.mode?.kind === 'host') return app.attachments.map(throughGateway);
  const shared =
    app.mode?.kind === 'host'
      ? proxy.attachments
      : proxy.attachments.filter(({ network }) =>
          app.attachments.some((other) => other.network.id === network.id),
        );
  const ways = shared.map((attachment): Way => ({ ...attachment, via: 'network' }));
  const chosen = networkOfTraefik(proxy, app, ways);
  return chosen ? [chosen] : ways;
}

function shareStack(proxy: Container, app: Container, all: readonly Container[]): boolean {
  if (proxy.mode?.kind === 'host') return app.mode?.kind === 'host';
  const owner = ownerOf(proxy, all);
  return owner !== undefined && owner === ownerOf(app, all);
}

/** What the proxy on the machine looks like from a container: the gateway of the container’s network. */
function throughGateway({ network, addresses }: Attachment): Way {
  const known = addresses.filter(({ text }) => text !== undefined).map(familyOf);
  const families = network.families.length > 0 ? network.families : known;
  return {
    via: 'gateway',
    network,
    addresses: families.map((family): Address => {
      const subnet = network.subnets.find((one) => one.family === family);
      return { family, text: subnet?.gateway, isStatic: subnet?.isStatic ?? false };
    }),
  };
}

function familyOf({ family }: Address): Address['family'] {
  return family;
}

/** Tells whether a container is Traefik. */
export function isTraefik({ name, image }: Container): boolean {
  return /traefik/i.test(`${name} ${image}`);
}

/** Traefik takes the network that a label of the application names, else the one of its own provider’s setting. */
function networkOfTraefik(proxy: Container, app: Container, ways: readonly Way[]): Way | undefined {
  if (!isTraefik(proxy)) return undefined;
  const labels = [app.labels['traefik.docker.network'], app.labels['traefik.swarm.network']];
  const settings = proxy.settings.map(
    (word) =>
      /^(?:--providers\.(?:docker|swarm)\.network|TRAEFIK_PROVIDERS_(?:DOCKER|SWARM)_NETWORK)=(.+)$/i.exec(
        word,
      )?.[1],
  );
  const name = [...labels, ...settings].find((one) => one !== undefined && one !== '');
  return name === undefined ? undefined : ways.find(({ network }) => isNamed(network, name));
}

/** Compose puts the project’s name in front, which a file alone may not know; a key alone is nobody’s name. */
function isNamed({ name, dockerName, kind }: Network, wanted: string): boolean {
  if (dockerName !== undefined) return dockerName === wanted;
  return kind === 'own' && wanted.endsWith(`_${name}`);
}
