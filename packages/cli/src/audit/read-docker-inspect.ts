import { cliError } from '../cli-error.js';
import { isRecord, textOf } from '../json.js';
import type {
  Address,
  Attachment,
  Container,
  ListSetting,
  Network,
  NetworkMode,
  NetworkSubnet,
} from './container.js';
import { type Fields, fieldsOf, keyValues } from './fields.js';
import type { Family } from './ip.js';
import type { Deployment } from './read-compose.js';
import { firstAddress, networkOf, parseSubnet } from './subnet.js';

/**
 * Reads the output of `docker inspect <container> …`, in which networks may be too.
 *
 * What compose has made is named as its files name it, by the labels that compose puts on it.
 *
 * @param variable The environment variable that holds the list.
 * @throws CliError where it is something else.
 */
export function readDockerInspect(text: string, variable: string): Deployment {
  const value = parse(text);
  const all = Array.isArray(value) ? value : [];
  const containers = all.filter(isContainer);
  const networks = all.filter(isNetwork);
  if (containers.length === 0 || containers.length + networks.length < all.length) {
    throw cliError(
      'standard input: is not what docker inspect prints about containers; write "docker inspect <proxy> <app> | trusted-header audit"',
    );
  }
  return {
    containers: containers.map((one) => readContainer(one, variable, networks)),
    findings: [],
  };
}

function isContainer(value: unknown): value is Fields {
  return isRecord(value) && isRecord(value['NetworkSettings']) && isRecord(value['Config']);
}

function isNetwork(value: unknown): value is Fields {
  return isRecord(value) && isRecord(value['IPAM']) && textOf(value['Name']) !== undefined;
}

/** Networks that are none: rootless Podman calls the way out of a container without one so. */
const NO_NETWORK = /^(?:host|none|pasta|slirp4netns)$/;

function readContainer(value: Fields, variable: string, networks: readonly Fields[]): Container {
  const config = fieldsOf(value['Config']);
  const settings = fieldsOf(value['NetworkSettings']);
  const labels = textsOf(fieldsOf(config['Labels']));
  const containerName = (textOf(value['Name']) ?? textOf(value['Id']) ?? 'container').replace(
    /^\//,
    '',
  );
  const service = labels['com.docker.compose.service'];
  const project =
    labels['com.docker.compose.project'] ??
    (service === undefined ? undefined : projectIn(containerName, service));
  return {
    name: service ?? containerName,
    aliases: [containerName, textOf(value['Id']) ?? containerName],
    project,
    image: textOf(config['Image']) ?? '',
    list: readList(config['Env'], variable),
    mode: modeOf(textOf(fieldsOf(value['HostConfig'])['NetworkMode']) ?? ''),
    ports: readPorts(fieldsOf(settings['Ports'])),
    labels,
    settings: [value['Args'], config['Cmd'], config['Env']].flatMap((list) =>
      Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : [],
    ),
    attachments: Object.entries(fieldsOf(settings['Networks']))
      .filter(([network]) => !NO_NETWORK.test(network))
      .map(([network, endpoint]) => readAttachment(network, fieldsOf(endpoint), project, networks)),
  };
}

/** Compose calls containers `<project>-<service>-<number>`, its first generation with underscores. */
function projectIn(containerName: string, service: string): string | undefined {
  const tail = containerName.replace(/[-_]\d+$/, '');
  return /[-_]/.test(tail.at(-service.length - 1) ?? '') && tail.endsWith(service)
    ? tail.slice(0, -service.length - 1)
    : undefined;
}

function modeOf(mode: string): NetworkMode | undefined {
  if (mode === 'host') return { kind: 'host' };
  const [, of] = /^container:(.*)$/.exec(mode) ?? [];
  if (of !== undefined) return { kind: 'container', of };
  const [program] = /^(?:slirp4netns|pasta)/.exec(mode) ?? [];
  return program === undefined ? undefined : { kind: 'rootless', program };
}

function readAttachment(
  dockerName: string,
  endpoint: Fields,
  project: string | undefined,
  networks: readonly Fields[],
): Attachment {
  const known = networks.find((network) => network['Name'] === dockerName);
  const ipam = fieldsOf(endpoint['IPAMConfig']);
  const address = (family: Family, value: unknown): Address[] => {
    const text = textOf(value);
    if (text === undefined) return [];
    return [{ family, text, isStatic: textOf(ipam[`IPv${family}Address`]) !== undefined }];
  };
  const addresses = [
    ...address(4, endpoint['IPAddress']),
    ...address(6, endpoint['GlobalIPv6Address']),
  ];
  const subnets = known ? subnetsOf(known) : subnetsBeside(endpoint, addresses);
  return { network: readNetwork(dockerName, project, known, addresses, subnets), addresses };
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

/** `{ "3000/tcp": [{ "HostIp": "0.0.0.0", "HostPort": "8080" }] }`; null where a port is not published. */
function readPorts(ports: Fields): string[] {
  const all = Object.entries(ports).flatMap(([key, bindings]) => {
    const [target = key, protocol] = key.split('/');
    if (protocol === 'udp' || !Array.isArray(bindings)) return [];
    return bindings.map((binding: unknown) => {
      const host = textOf(fieldsOf(binding)['HostIp']);
      const isEverywhere = host === '0.0.0.0' || host === '::';
      const published = textOf(fieldsOf(binding)['HostPort']);
      return [isEverywhere ? undefined : host, published, target]
        .filter((part) => part !== undefined)
        .join(':');
    });
  });
  return [...new Set(all)];
}

function readList(env: unknown, variable: string): ListSetting {
  const value = textOf(keyValues(env)[variable]);
  return value === undefined ? { kind: 'unset' } : { kind: 'set', value };
}

function textsOf(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value]] : [],
    ),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
