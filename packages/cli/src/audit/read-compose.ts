import { parse } from 'yaml';
import { cliError } from '../cli-error.js';
import { isRecord, textOf } from '../json.js';
import type { Attachment, Container } from './container.js';
import { firstAddress } from './subnet.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the services of a compose file, as far as they say who is on which network.
 *
 * Variables are not filled in: pass what `docker compose config` prints where the file has some.
 *
 * @throws CliError where it is no compose file.
 */
export function readCompose(source: string, text: string): Container[] {
  const file = parseYaml(source, text);
  const services = isRecord(file) ? file['services'] : undefined;
  if (!isRecord(file) || !isRecord(services)) {
    throw cliError(`--compose: ${source} has no services; name a compose file`);
  }
  const networks = fieldsOf(file['networks']);
  return Object.entries(services).map(([key, service]) =>
    readService(key, fieldsOf(service), networks),
  );
}

function readService(key: string, service: Fields, networks: Fields): Container {
  const mode = textOf(service['network_mode']) ?? '';
  return {
    name: textOf(service['container_name']) ?? key,
    image: textOf(service['image']) ?? '',
    trustedProxies: readEnvironment(service['environment']),
    networkMode:
      mode === 'host' ? 'host' : /^(service|container):/.test(mode) ? 'container' : undefined,
    ports: mode === '' ? readPorts(service['ports']) : [],
    attachments: mode === '' ? readNetworks(service['networks'], networks) : [],
  };
}

function readNetworks(value: unknown, networks: Fields): Attachment[] {
  if (Array.isArray(value)) {
    return value.flatMap((name) => (typeof name === 'string' ? [attach(name, {}, networks)] : []));
  }
  if (isRecord(value)) {
    return Object.entries(value).map(([name, settings]) =>
      attach(name, fieldsOf(settings), networks),
    );
  }
  return [attach('default', {}, networks)];
}

function attach(network: string, settings: Fields, networks: Fields): Attachment {
  const ipv4 = textOf(settings['ipv4_address']);
  const ipv6 = textOf(settings['ipv6_address']);
  const address = ipv4 ?? ipv6;
  const ipam = fieldsOf(fieldsOf(networks[network])['ipam']);
  const config = Array.isArray(ipam['config']) ? ipam['config'] : [];
  const [first] = config;
  const subnet = textOf(fieldsOf(first)['subnet']);
  return {
    network,
    address,
    ...(ipv4 !== undefined && ipv6 !== undefined && { ipv6 }),
    isStatic: address !== undefined,
    subnet,
    gateway: textOf(fieldsOf(first)['gateway']) ?? (subnet && firstAddress(subnet)),
  };
}

/** Both forms: `8080:3000/tcp`, and an object with `target`, `published` and `host_ip`. */
function readPorts(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((port: unknown) => {
    if (typeof port === 'string' || typeof port === 'number') {
      return /\/udp$/i.test(String(port)) ? [] : [String(port)];
    }
    const { target, published, host_ip: host, protocol } = fieldsOf(port);
    if (target === undefined || protocol === 'udp') return [];
    return [[host, published, target].filter((part) => part !== undefined).join(':')];
  });
}

function readEnvironment(value: unknown): string | undefined {
  if (isRecord(value)) return textOf(value['TRUSTED_PROXIES']);
  if (!Array.isArray(value)) return undefined;
  const line = value.find(
    (entry) => typeof entry === 'string' && entry.startsWith('TRUSTED_PROXIES='),
  );
  return typeof line === 'string' ? line.slice('TRUSTED_PROXIES='.length) : undefined;
}

function fieldsOf(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

function parseYaml(source: string, text: string): unknown {
  try {
    return parse(text, { merge: true });
  } catch (error) {
    const [line = 'no YAML'] = String(error).split('\n');
    throw cliError(`--compose: ${source} cannot be read (${line})`);
  }
}
