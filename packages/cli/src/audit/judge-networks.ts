import type { Container } from './container.js';
import type { Finding } from './finding.js';
import { networkAdvice } from './judge-list.js';
import { ownerOf } from './namespaces.js';
import { MACHINE } from './pick-roles.js';
import type { Scene } from './scene.js';
import { isTraefik } from './ways.js';

/** Judges where proxy and application are: who else has the same address, and whether they meet. */
export function judgeNetworks(scene: Scene): Finding[] {
  const { proxy, app, others, ways } = scene;
  if (!proxy) return [proxyUnknown(scene)];
  const all = [proxy, ...others];
  return [
    ...[proxy, app].flatMap((one) => judgeMode(one, all, one === app)),
    ...judgeShared(scene),
    ...(scene.live.followsProxy ? [] : judgeReplicas(proxy)),
    ...(ways.some(({ network }) => network.kind === 'bridge') && proxy.mode?.kind !== 'host'
      ? [onDefaultBridge(proxy, app)]
      : []),
  ];
}

function proxyUnknown({ app }: Scene): Finding {
  return {
    severity: 'medium',
    code: 'proxy-unknown',
    subject: app.name,
    why: 'has a list, but nothing here looks like the proxy: whether the list is the proxy’s address cannot be judged here',
    instead:
      'name its file with another --compose, or write --proxy and its name (host, if it runs on the machine itself)',
  };
}

function judgeMode(container: Container, all: readonly Container[], isApp: boolean): Finding[] {
  const { name, mode } = container;
  switch (mode?.kind) {
    case 'host':
      return isApp && all.includes(MACHINE) ? [] : [onTheMachine(container)];
    case 'container':
      return [inAnother(container, all)];
    case 'none':
      return [
        {
          severity: 'high',
          code: 'no-shared-network',
          subject: name,
          why: 'has no network at all (network_mode: none)',
          instead: 'put both on one network',
        },
      ];
    case 'unknown':
      return [
        {
          severity: 'medium',
          code: 'cannot-judge',
          subject: name,
          why: `takes its network_mode from ${mode.variable}, which neither the environment nor .env sets: cannot be judged here`,
          instead: 'audit what "docker compose config" prints where it is set',
        },
      ];
    case 'rootless':
      return [
        {
          severity: 'high',
          code: 'rootless-network',
          subject: name,
          why: `has no network but ${mode.program}, as rootless Podman does it: whoever connects comes from one and the same address`,
          instead: 'put both on a network of their own (podman network create)',
        },
      ];
    default:
      return [];
  }
}

function onTheMachine(container: Container): Finding {
  const isMachine = container === MACHINE;
  return {
    severity: isMachine ? 'medium' : 'high',
    code: 'host-network',
    subject: container.name,
    why: isMachine
      ? 'is where the proxy runs: every local process has the same address, and can be anyone'
      : 'shares the network of the machine: every local process has the same address',
    instead: isMachine
      ? 'let the proxy connect over a Unix socket (unix:/run/app.sock) that only it may open, or give it a container and a network with the application'
      : 'put proxy and application on a network of their own',
  };
}

function inAnother(container: Container, all: readonly Container[]): Finding {
  const owner = ownerOf(container, all);
  const sharers = all.filter((one) => one !== container && owner && ownerOf(one, all) === owner);
  const names = sharers.map(({ name }) => name).join(', ');
  return {
    severity: 'high',
    code: 'host-network',
    subject: container.name,
    why: `shares the network of ${names === '' ? 'another container' : names}, and so its address: whatever runs there can be anyone`,
    instead: 'put proxy and application on a network of their own',
  };
}

function judgeShared({ proxy, app, ways, kept }: Scene): Finding[] {
  if (ways.length > 1) {
    return [
      {
        severity: 'medium',
        code: 'several-shared-networks',
        subject: ways.map(({ network }) => network.name).join(', '),
        why: 'are shared by both: which of its addresses the proxy comes from is up to Docker',
        instead: networkAdvice(proxy !== undefined && isTraefik(proxy), kept),
      },
    ];
  }
  if (ways.length > 0 || isElsewhere(proxy) || isElsewhere(app)) return [];
  return [
    {
      severity: 'high',
      code: 'no-shared-network',
      subject: `${proxy?.name}, ${app.name}`,
      why: 'share no network, so the proxy reaches the application through the machine, and comes from the address of a gateway that others come from too',
      instead: 'put both on one network',
    },
  ];
}

/** Docker gives a static address to one container, and starts no second one with it; Swarm gives none at all. */
function judgeReplicas({ name, replicas = 1 }: Container): Finding[] {
  if (replicas <= 1) return [];
  return [
    {
      severity: 'high',
      code: 'several-replicas',
      subject: name,
      why: 'runs more than once: only one container can have a static address, so that the others get any',
      instead:
        'let one container be the proxy (scale: 1), outside of Swarm, which gives no static address',
    },
  ];
}

/** Tells whether something was said already about where a container is. */
function isElsewhere(container: Container | undefined): boolean {
  const kind = container?.mode?.kind;
  return kind !== undefined && kind !== 'named' && kind !== 'bridge';
}

function onDefaultBridge(proxy: Container, app: Container): Finding {
  return {
    severity: 'high',
    code: 'default-bridge',
    subject: `${proxy.name}, ${app.name}`,
    why: 'share Docker’s default network, on which nobody can have a static address',
    instead: 'put both on a network of their own',
  };
}
