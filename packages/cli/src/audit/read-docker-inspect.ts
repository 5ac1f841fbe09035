import { cliError } from '../cli-error.js';
import { isRecord, textOf } from '../json.js';
import type { Container, ListSetting, NetworkMode } from './container.js';
import { readDockerAttachment } from './docker-network.js';
import { type Fields, fieldsOf, keyValues, textsOf } from './fields.js';
import type { Deployment } from './read-compose.js';

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
      'standard input: is not what docker inspect prints about containers; write "docker inspect <proxy> <app> | npx @trusted-header/cli audit"',
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
      .map(([network, endpoint]) =>
        readDockerAttachment(
          network,
          fieldsOf(endpoint),
          project,
          networks,
          askedOfPodman(config['CreateCommand']),
        ),
      ),
  };
}

/** Podman prints nothing of what was asked for but the command: `--ip x`, `--ip=x`, `--network n:ip=x,ip6=y`. */
function askedOfPodman(command: unknown): string[] {
  const words = Array.isArray(command) ? command.filter((one) => typeof one === 'string') : [];
  return words.flatMap((word, i) => {
    const [, own] = /^--ip6?=(.*)$/.exec(word) ?? [];
    const next = /^--ip6?$/.test(word) ? words[i + 1] : own;
    const inNetwork = /^(?:--net(?:work)?=)?[\w.-]+:(.*)$/.exec(word)?.[1] ?? '';
    const named = inNetwork.split(',').flatMap((part) => /^ip6?=(.*)$/.exec(part)?.[1] ?? []);
    return [...(next === undefined ? [] : [next]), ...named];
  });
}

/** Compose calls containers `<project>-<service>-<number>`, its first generation with underscores. */
function projectIn(containerName: string, service: string): string | undefined {
  const tail = containerName.replace(/[-_]\d+$/, '');
  return /[-_]/.test(tail.at(-service.length - 1) ?? '') && tail.endsWith(service)
    ? tail.slice(0, -service.length - 1)
    : undefined;
}

function modeOf(mode: string): NetworkMode | undefined {
  if (mode === 'host' || mode === 'none') return { kind: mode };
  const [, of] = /^container:(.*)$/.exec(mode) ?? [];
  if (of !== undefined) return { kind: 'container', of };
  const [program] = /^(?:slirp4netns|pasta)/.exec(mode) ?? [];
  return program === undefined ? undefined : { kind: 'rootless', program };
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
