import { cliError } from '../cli-error.js';
import { isRecord, textOf } from '../json.js';
import type { Attachment, Container } from './container.js';
import { firstAddress, networkOf } from './subnet.js';

/**
 * Reads the output of `docker inspect <container> …`.
 *
 * @throws CliError where it is something else.
 */
export function readDockerInspect(text: string): Container[] {
  const value = parse(text);
  if (!Array.isArray(value) || !value.every(isContainer)) {
    throw cliError(
      'standard input: is not what docker inspect prints about containers; write "docker inspect <proxy> <app> | trusted-header audit"',
    );
  }
  return value.map(readContainer);
}

type Fields = Readonly<Record<string, unknown>>;

function isContainer(value: unknown): value is Fields {
  return isRecord(value) && isRecord(value['NetworkSettings']) && isRecord(value['Config']);
}

function readContainer(value: Fields): Container {
  const config = fieldsOf(value['Config']);
  const mode = textOf(fieldsOf(value['HostConfig'])['NetworkMode']) ?? '';
  const settings = fieldsOf(value['NetworkSettings']);
  const networks = fieldsOf(settings['Networks']);
  return {
    name: (textOf(value['Name']) ?? textOf(value['Id']) ?? 'container').replace(/^\//, ''),
    image: textOf(config['Image']) ?? '',
    trustedProxies: readEnv(config['Env']),
    networkMode: mode === 'host' ? 'host' : mode.startsWith('container:') ? 'container' : undefined,
    ports: readPorts(fieldsOf(settings['Ports'])),
    attachments: Object.entries(networks)
      .filter(([network]) => network !== 'host' && network !== 'none')
      .map(([network, endpoint]) => readAttachment(network, fieldsOf(endpoint))),
  };
}

function readAttachment(network: string, settings: Fields): Attachment {
  const ipv4 = textOf(settings['IPAddress']);
  const ipv6 = textOf(settings['GlobalIPv6Address']);
  const address = ipv4 ?? ipv6;
  const ipam = fieldsOf(settings['IPAMConfig']);
  const prefix = settings['IPPrefixLen'];
  const subnet =
    address !== undefined && typeof prefix === 'number' ? networkOf(address, prefix) : undefined;
  return {
    network,
    address,
    ...(ipv4 !== undefined && ipv6 !== undefined && { ipv6 }),
    isStatic: (textOf(ipam['IPv4Address']) ?? textOf(ipam['IPv6Address'])) !== undefined,
    subnet,
    gateway: textOf(settings['Gateway']) ?? (subnet && firstAddress(subnet)),
  };
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

function readEnv(env: unknown): string | undefined {
  if (!Array.isArray(env)) return undefined;
  const line = env.find(
    (entry) => typeof entry === 'string' && entry.startsWith('TRUSTED_PROXIES='),
  );
  return typeof line === 'string' ? line.slice('TRUSTED_PROXIES='.length) : undefined;
}

function fieldsOf(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
