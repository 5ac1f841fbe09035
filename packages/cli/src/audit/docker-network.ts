import { textOf } from '../json.js';
import type { Address, Attachment, Network, NetworkSubnet } from './container.js';
import { type Fields, fieldsOf, textsOf } from './fields.js';
import type { Family } from './ip.js';
import { firstAddress, networkOf, parseSubnet } from './subnet.js';

/**
 * Reads a container's place on a network. Docker says of an address whether it was asked for, and of a network nothing but what
 * is in the endpoint, unless the network itself is printed along.
 */
export function readDockerAttachment(
  dockerName: string,
  endpoint: Fields,
  project: string | undefined,
  networks: readonly Fields[],
  asked: readonly string[] = [],
): Attachment {
  const known = networks.find((network) => network['Name'] === dockerName);
  const ipam = fieldsOf(endpoint['IPAMConfig']);
  const address = (family: Family, value: unknown): Address[] => {
    const wanted = textOf(ipam[`IPv${family}Address`]);
    // Of a container that is stopped, Docker prints only what was asked for.
    const text = textOf(value) ?? wanted;
    if (text === undefined) return [];
    return [{ family, text, isStatic: wanted !== undefined || asked.includes(text) }];
  };
  const shown = [
    ...address(4, endpoint['IPAddress']),
    ...address(6, endpoint['GlobalIPv6Address']),
  ];
  const addresses: readonly Address[] = shown.length > 0 ? shown : [{ family: 4, isStatic: false }];
  const subnets = known ? subnetsOf(known) : subnetsBeside(endpoint, addresses);
  const names = [endpoint['Aliases'], endpoint['DNSNames']].flatMap((list) =>
    Array.isArray(list) ? list.filter((name): name is string => typeof name === 'string') : [],
  );
  return { network: readNetwork(dockerName, project, known, shown, subnets), addresses, names };
}

function readNetwork(
  dockerName: string,
  project: string | undefined,
  known: Fields | undefined,
  addresses: readonly Address[],
  subnets: readonly NetworkSubnet[],
): Network {
  const labels = textsOf(fieldsOf(known?.['Labels']));
  const isMine = project !== undefined && dockerName.startsWith(`${project}_`);
  const key =
    labels['com.docker.compose.network'] ??
    (isMine ? dockerName.slice(project.length + 1) : undefined);
  // Without a project there is no compose to tell, and what its file would say is as good as any.
  const isOwn = key !== undefined || project === undefined;
  const families = [...addresses, ...subnets].map(({ family }) => family);
  return {
    id: `docker ${dockerName}`,
    name: key ?? dockerName,
    dockerName,
    kind: dockerName === 'bridge' ? 'bridge' : isOwn ? 'own' : 'external',
    families: ([4, 6] as const).filter((family) => families.includes(family)),
    subnets,
    ...(known?.['Internal'] === true && { definition: { internal: true } }),
  };
}

function subnetsOf(network: Fields): NetworkSubnet[] {
  const { Config: config } = fieldsOf(network['IPAM']);
  return (Array.isArray(config) ? config : []).flatMap((one: unknown) => {
    const text = textOf(fieldsOf(one)['Subnet']);
    const gateway = textOf(fieldsOf(one)['Gateway']);
    const family = text === undefined ? undefined : parseSubnet(text)?.family;
    if (text === undefined || family === undefined) return [];
    return [{ family, text, gateway: gateway ?? firstAddress(text), isStatic: false }];
  });
}

/** What a container’s own entry says about its network. */
function subnetsBeside(endpoint: Fields, addresses: readonly Address[]): NetworkSubnet[] {
  return addresses.flatMap(({ family, text = '' }) => {
    const prefix = endpoint[family === 4 ? 'IPPrefixLen' : 'GlobalIPv6PrefixLen'];
    const subnet = networkOf(text, prefix);
    const gateway = textOf(endpoint[family === 4 ? 'Gateway' : 'IPv6Gateway']);
    if (subnet === undefined) return [];
    return [{ family, text: subnet, gateway: gateway ?? firstAddress(subnet), isStatic: false }];
  });
}
