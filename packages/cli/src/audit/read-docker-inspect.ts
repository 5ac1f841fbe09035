import { cliError } from '../cli-error.js';
import { isRecord, textOf } from '../json.js';
import type { Attachment, Container } from './container.js';
import { networkOf } from './subnet.js';

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
  const networks = fieldsOf(fieldsOf(value['NetworkSettings'])['Networks']);
  return {
    name: (textOf(value['Name']) ?? textOf(value['Id']) ?? 'container').replace(/^\//, ''),
    image: textOf(config['Image']) ?? '',
    trustedProxies: readEnv(config['Env']),
    networkMode: mode === 'host' ? 'host' : mode.startsWith('container:') ? 'container' : undefined,
    attachments: Object.entries(networks)
      .filter(([network]) => network !== 'host' && network !== 'none')
      .map(([network, settings]) => readAttachment(network, fieldsOf(settings))),
  };
}

function readAttachment(network: string, settings: Fields): Attachment {
  const address = textOf(settings['IPAddress']) ?? textOf(settings['GlobalIPv6Address']);
  const ipam = fieldsOf(settings['IPAMConfig']);
  const prefix = settings['IPPrefixLen'];
  return {
    network,
    address,
    isStatic: (textOf(ipam['IPv4Address']) ?? textOf(ipam['IPv6Address'])) !== undefined,
    subnet:
      address !== undefined && typeof prefix === 'number' ? networkOf(address, prefix) : undefined,
    gateway: textOf(settings['Gateway']),
  };
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
