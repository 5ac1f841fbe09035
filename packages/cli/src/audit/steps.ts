import type { Container } from './container.js';
import type { NetworkPlan } from './plan-networks.js';
import type { Scene } from './scene.js';
import { rangeForOthers } from './subnet.js';

/** What the new network is called where there is none. */
const NETWORK = 'trusted-header';
const EXAMPLE = { subnet: '10.213.7.0/24', text: '10.213.7.2' } as const;

/** With these in a service, compose refuses `networks` beside them. */
const MODED: ReadonlySet<string | undefined> = new Set(['bridge', 'rootless', 'named', 'none']);

/** Says what to do where a piece of a compose file cannot help; nothing where it can. */
export function stepsFor({ proxy, app, ways, variable }: Scene): string[] {
  if (!proxy || proxy.mode?.kind === 'host') return [];
  const both = [proxy, app];
  const moded = both.filter(({ mode }) => MODED.has(mode?.kind));
  const isCompose = both.some(({ project }) => project !== undefined);
  if (moded.length > 0 && isCompose) {
    const names = moded.map(({ name }) => name).join(' and ');
    return [
      `Take network_mode out of ${names}, so that both are on the project’s own network, and audit again: it says then which address to write.`,
    ];
  }
  if (moded.some(({ mode }) => mode?.kind === 'rootless'))
    return runSteps('podman', proxy, app, variable);
  const isBridge = ways.length > 0 && ways.every(({ network }) => network.kind === 'bridge');
  return isBridge ? runSteps('docker', proxy, app, variable) : [];
}

function runSteps(
  program: 'docker' | 'podman',
  proxy: Container,
  app: Container,
  variable: string,
): string[] {
  const network =
    program === 'podman'
      ? `--network ${NETWORK}:ip=${EXAMPLE.text}`
      : `--network ${NETWORK} --ip ${EXAMPLE.text}`;
  return [
    'Make a network of their own, and start both on it:',
    `  ${createLine(program, NETWORK, [{ family: 4, ...EXAMPLE }])}`,
    `  ${program} run --name ${quoted(proxy.name)} ${network} …`,
    `  ${program} run --name ${quoted(app.name)} --network ${NETWORK} --env ${variable}=${EXAMPLE.text} …`,
  ];
}

/** How to make a network that a compose file calls external: it may have no `ipam` there. */
export function externalSteps({ network, via, addresses }: NetworkPlan): string[] {
  if (network.kind !== 'external') return [];
  const name = network.dockerName ?? network.name;
  const texts = addresses.map(({ text }) => text).join(' and ');
  return [
    `The network ${name} is made outside of this file, which may not give it a subnet. If its subnet was asked for and holds ${texts} (docker network inspect ${quoted(name)}), leave it; else stop what is on it and make it anew:`,
    `  docker network rm ${quoted(name)}`,
    `  ${createLine('docker', name, addresses, via === 'gateway')}`,
  ];
}

function createLine(
  program: string,
  name: string,
  addresses: NetworkPlan['addresses'],
  isGateway = false,
): string {
  const options = addresses.flatMap(({ subnet, text, family }) => {
    const range = isGateway ? undefined : rangeForOthers(subnet, text);
    return [
      ...(family === 6 ? ['--ipv6'] : []),
      `--subnet ${subnet}`,
      ...(isGateway ? [`--gateway ${text}`] : []),
      ...(range === undefined ? [] : [`--ip-range ${range}`]),
    ];
  });
  const isSixOnly = addresses.every(({ family }) => family === 6);
  return [
    program,
    'network create',
    ...(isSixOnly ? ['--ipv4=false'] : []),
    ...options,
    quoted(name),
  ].join(' ');
}

/** A name as one word of a shell. */
function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
