import type { DeploymentCode } from '../audit/finding.js';
import type { Cause, Entries } from './explanation.js';

const OWN_NETWORK: Cause = {
  when: 'No network was made for the two.',
  mend: 'Put proxy and application on a network of their own.',
  lines: [
    {
      where: 'compose.yaml',
      text: [
        'services:',
        '  traefik: { networks: { web: { ipv4_address: 172.20.0.2 } } }',
        '  app: { networks: [web] }',
        'networks:',
        '  web: { ipam: { config: [{ subnet: 172.20.0.0/24 }] } }',
      ],
    },
  ],
};

/** Where proxy and application of a deployment meet. */
export type NetworkCode = Extract<
  DeploymentCode,
  `${string}-network${'s' | ''}` | 'default-bridge' | 'several-replicas' | 'port-published'
>;

/** What the audit says of where proxy and application meet. */
export const AUDIT_OF_NETWORKS: Entries<NetworkCode> = {
  'host-network': {
    means:
      'A container shares the network of the machine, or of another container, and so its address. Whatever else runs there can be anyone.',
    causes: [
      {
        when: 'network_mode: host, or network_mode: service:x, or a proxy that runs on the machine itself.',
        mend: 'Put proxy and application on a network of their own; from the machine, connect over a Unix socket.',
      },
    ],
  },
  'default-bridge': {
    means:
      'Proxy and application share Docker’s default network, on which nobody can have a static address.',
    causes: [OWN_NETWORK],
  },
  'rootless-network': {
    means:
      'A container of rootless Podman has no network but slirp4netns or pasta: whoever connects comes from one and the same address.',
    causes: [
      {
        when: 'The container was started without a network of its own.',
        mend: 'Make one, and put both on it.',
        lines: [
          {
            where: 'shell',
            text: [
              'podman network create --subnet 10.89.7.0/24 web',
              'podman run --network web --ip 10.89.7.2 … traefik',
            ],
          },
        ],
      },
    ],
  },
  'no-shared-network': {
    means:
      'Proxy and application share no network: the proxy goes through the machine, and comes from the address of a gateway, as others do.',
    causes: [OWN_NETWORK],
  },
  'several-shared-networks': {
    means:
      'Proxy and application share several networks: which of its addresses the proxy comes from is up to Docker.',
    causes: [
      {
        when: 'Both are on a network for the outside and on one for the inside.',
        mend: 'Share one network only, or tell Traefik which one it takes.',
        lines: [
          {
            where: 'compose.yaml, labels of the application',
            text: ['traefik.docker.network=web'],
          },
        ],
      },
    ],
  },
  'several-replicas': {
    means:
      'The proxy runs more than once. Only one container can have a static address; the others get any.',
    causes: [
      {
        when: 'scale, deploy.replicas, or a Swarm service, which has no static addresses at all.',
        mend: 'Let one container, outside of Swarm, connect to the application.',
      },
    ],
  },
  'port-published': {
    means: 'A port of the application is published: people reach it past the proxy.',
    causes: [
      {
        when: '`ports:` is left over from the time before the proxy.',
        mend: 'Take it away. The proxy reaches the application over their network; `expose:` publishes nothing.',
      },
    ],
  },
};
