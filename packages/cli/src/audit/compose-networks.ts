import { isRecord, textOf } from '../json.js';
import type { ComposeProject } from './compose-project.js';
import type { Network, NetworkSubnet } from './container.js';
import { type Fields, fieldsOf, textsOf } from './fields.js';
import { asWritten, unsetIn } from './interpolate.js';
import type { Family } from './ip.js';
import { firstAddress, parseSubnet } from './subnet.js';

/**
 * Reads the networks of a project; its `default` one is there without being written. One that it calls external, and
 * that another of the projects makes, is that one.
 */
export function readComposeNetworks(
  project: ComposeProject,
  all: readonly ComposeProject[],
): (key: string) => Network {
  return (key) => {
    const network = readNetwork(key, project);
    if (network.kind !== 'external') return network;
    return { ...externalNetwork(network.dockerName ?? key, all), name: key };
  };
}

/** A network by the name that Docker knows; who else makes it in these projects says what it is like. */
export function externalNetwork(dockerName: string, all: readonly ComposeProject[]): Network {
  const made = all
    .flatMap((project) =>
      [...new Set(['default', ...Object.keys(fieldsOf(project.file['networks']))])].map((key) =>
        readNetwork(key, project),
      ),
    )
    .find((network) => network.kind === 'own' && network.dockerName === dockerName);
  if (made) return { ...made, name: dockerName, kind: 'external' };
  return {
    id: `external ${dockerName}`,
    name: dockerName,
    dockerName,
    kind: 'external',
    families: [4],
    subnets: [],
  };
}

function readNetwork(key: string, { id, name: project, file }: ComposeProject): Network {
  const definitions = fieldsOf(file['networks']);
  const definition = fieldsOf(Object.hasOwn(definitions, key) ? definitions[key] : undefined);
  const { external } = definition;
  const isExternal = external === true || external === 'true' || isRecord(external);
  const given = asWritten(textOf(fieldsOf(external)['name']) ?? textOf(definition['name']) ?? '');
  const dockerName =
    given || (isExternal ? key : project === undefined ? undefined : `${project}_${key}`);
  const subnets = readSubnets(definition);
  return {
    id: isExternal ? `external ${dockerName}` : `project ${id} ${key}`,
    name: key,
    dockerName,
    kind: isExternal ? (dockerName === 'bridge' ? 'bridge' : 'external') : 'own',
    families: familiesOf(definition, subnets, isExternal),
    subnets,
    definition,
  };
}

function readSubnets(definition: Fields): NetworkSubnet[] {
  const { config } = fieldsOf(definition['ipam']);
  return (Array.isArray(config) ? config : []).flatMap((one: unknown) => {
    const text = textOf(fieldsOf(one)['subnet']);
    const family = text === undefined ? undefined : parseSubnet(text)?.family;
    if (text === undefined || family === undefined) return [];
    const gateway = textOf(fieldsOf(one)['gateway']) ?? firstAddress(text);
    const reserved = Object.values(textsOf(fieldsOf(fieldsOf(one)['aux_addresses'])));
    return [{ family, text, gateway, reserved, isStatic: true }];
  });
}

/** Which versions of IP a network has: what is asked for, and IPv4 unless it is switched off or only IPv6 is written. */
function familiesOf(
  definition: Fields,
  subnets: readonly NetworkSubnet[],
  isExternal: boolean,
): Family[] {
  const has = (family: Family): boolean => subnets.some((subnet) => subnet.family === family);
  const isOn = (value: unknown): boolean => value === true || value === 'true';
  const four = definition['enable_ipv4'];
  const isFourOff = four === false || four === 'false';
  return [
    ...(has(4) || (!isFourOff && !has(6)) ? ([4] as const) : []),
    ...(has(6) || isFourOff || (isOn(definition['enable_ipv6']) && !isExternal)
      ? ([6] as const)
      : []),
  ];
}

/** Tells whether a network’s block hangs on a variable that nothing sets. */
export function hasUnsetSubnet({ definition }: Network): boolean {
  const { config } = fieldsOf(definition?.['ipam']);
  return (Array.isArray(config) ? config : []).some(
    (one: unknown) => unsetIn(textOf(fieldsOf(one)['subnet']) ?? '').length > 0,
  );
}
