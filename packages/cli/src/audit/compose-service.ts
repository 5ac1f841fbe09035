import { join } from 'node:path';
import { isRecord, textOf } from '../json.js';
import type { ComposeProject, ComposeSource } from './compose-project.js';
import type {
  Address,
  Attachment,
  Container,
  ListSetting,
  Network,
  NetworkMode,
} from './container.js';
import { parseEnvFile } from './env-file.js';
import { type Fields, fieldsOf, keyValues, textsOf } from './fields.js';
import { asWritten, interpolate, unsetIn } from './interpolate.js';
import type { Family } from './ip.js';

/** What a service is read with. */
export interface ServiceContext {
  readonly project: ComposeProject;
  readonly networks: (key: string) => Network;
  /** A network by the name that Docker knows. */
  readonly named: (name: string) => Network;
  readonly variable: string;
  readonly from: ComposeSource;
}

/** Reads one service of a compose file. */
export async function readComposeService(
  key: string,
  service: Fields,
  context: ServiceContext,
): Promise<Container> {
  const mode = textOf(service['network_mode']) ?? '';
  const containerName = textOf(service['container_name']);
  return {
    name: key,
    aliases: containerName === undefined ? [] : [containerName],
    project: context.project.name ?? '',
    image: asWritten(textOf(service['image']) ?? ''),
    list: await readList(service, context),
    mode: modeOf(mode),
    ports: readPorts(service['ports']).map(asWritten),
    labels: textsOf(keyValues(service['labels'])),
    settings: [
      ...wordsOf(service['command']),
      ...Object.entries(textsOf(keyValues(service['environment']))).map(
        ([name, value]) => `${name}=${value}`,
      ),
    ],
    replicas: replicasOf(service),
    isOptional: wordsOf(service['profiles']).length > 0,
    attachments: attachmentsOf(modeOf(mode), service, context),
  };
}

function attachmentsOf(
  mode: NetworkMode | undefined,
  service: Fields,
  { networks, named }: ServiceContext,
): Attachment[] {
  if (mode === undefined) return readAttachments(service['networks'], networks);
  if (mode.kind === 'bridge') return [attach(DEFAULT_BRIDGE, {})];
  return mode.kind === 'named' ? [attach(named(mode.network), {})] : [];
}

/** How often a service runs; Swarm’s `mode: global` is once per machine. */
function replicasOf(service: Fields): number {
  const { replicas, mode } = fieldsOf(service['deploy']);
  if (mode === 'global') return Number.POSITIVE_INFINITY;
  const count = Number(service['scale'] ?? replicas ?? 1);
  return Number.isNaN(count) ? 1 : count;
}

const DEFAULT_BRIDGE: Network = {
  id: 'docker bridge',
  name: 'bridge',
  dockerName: 'bridge',
  kind: 'bridge',
  families: [4],
  subnets: [{ family: 4, text: '172.17.0.0/16', gateway: '172.17.0.1', isStatic: true }],
};

function modeOf(mode: string): NetworkMode | undefined {
  if (mode === '') return undefined;
  const [variable] = unsetIn(mode);
  if (variable !== undefined) return { kind: 'unknown', variable };
  const [, of] = /^(?:service|container):(.*)$/.exec(mode) ?? [];
  if (of !== undefined) return { kind: 'container', of };
  if (mode === 'host' || mode === 'none') return { kind: mode };
  if (mode === 'bridge' || mode === 'default') return { kind: 'bridge' };
  return /^(?:slirp4netns|pasta)(?::|$)/.test(mode)
    ? { kind: 'rootless', program: mode }
    : { kind: 'named', network: mode };
}

/** What the application is told: `environment` first, then the last `env_file` that says something. */
async function readList(service: Fields, context: ServiceContext): Promise<ListSetting> {
  const { variable, project } = context;
  const environment = keyValues(service['environment']);
  if (Object.hasOwn(environment, variable)) {
    const value = environment[variable];
    // A name alone passes the caller's own variable on.
    return settingOf(value === null ? project.lookup(variable) : String(value), variable);
  }
  return readEnvFiles(service['env_file'], context);
}

async function readEnvFiles(value: unknown, context: ServiceContext): Promise<ListSetting> {
  const { variable, project, from } = context;
  const files = (Array.isArray(value) ? value : [value]).flatMap((one: unknown) => {
    const path = textOf(one) ?? textOf(fieldsOf(one)['path']);
    return path === undefined ? [] : [path];
  });
  let setting: ListSetting = { kind: 'unset' };
  for (const file of files) {
    const path = file.startsWith('/') ? file : join(project.folder, file);
    const text = await from.read(path).catch(() => undefined);
    if (text === undefined) {
      const why = `takes its environment from ${asWritten(file)}, which is not here`;
      if (setting.kind === 'unset') setting = { kind: 'unknown', why };
      continue;
    }
    const env = parseEnvFile(text);
    if (!env.has(variable)) continue;
    const found = env.get(variable);
    const filled = found === undefined ? undefined : interpolate(found, project.lookup);
    setting = settingOf(filled ?? project.lookup(variable), variable);
  }
  return setting;
}

function settingOf(value: string | undefined, variable: string): ListSetting {
  const names = value === undefined ? [variable] : unsetIn(value);
  if (value !== undefined && names.length === 0) return { kind: 'set', value };
  const which = names.join(', ');
  const why = `takes its list from ${which}, which neither the environment nor .env sets`;
  return { kind: 'unknown', why };
}

function readAttachments(value: unknown, networks: (key: string) => Network): Attachment[] {
  if (Array.isArray(value)) {
    return value.flatMap((name: unknown) =>
      typeof name === 'string' ? [attach(networks(name), {})] : [],
    );
  }
  if (!isRecord(value)) return [attach(networks('default'), {})];
  return Object.entries(value).map(([name, settings]) =>
    attach(networks(name), fieldsOf(settings)),
  );
}

function attach(network: Network, settings: Fields): Attachment {
  const address = (family: Family): Address => {
    const text = textOf(settings[`ipv${family}_address`]);
    if (text === undefined) return { family, isStatic: false };
    return unsetIn(text).length > 0 ? { family, isStatic: true } : { family, text, isStatic: true };
  };
  const all = [address(4), address(6)];
  const isAsked = all.some(({ isStatic }) => isStatic);
  return {
    network,
    names: wordsOf(settings['aliases']),
    addresses: all.filter(
      ({ family, isStatic }) =>
        isStatic || (network.families.includes(family) && !(isAsked && isGuess(network, family))),
    ),
  };
}

/** Tells whether that network has such addresses is a guess: nothing about it is written here. */
function isGuess(network: Network, family: Family): boolean {
  const knows = network.subnets.some((subnet) => subnet.family === family);
  return !knows && network.kind !== 'own';
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

function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.split(/\s+/);
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
