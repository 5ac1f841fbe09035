import type { AuditCode } from '@trusted-header/core';
import type { Cause, Entries } from './explanation.js';

const ONE_ADDRESS: Cause = {
  when: 'The address of the proxy changes, and the list was made wide enough to hold them all.',
  mend: 'Give the proxy a static address, and list it alone.',
  lines: [
    {
      where: 'compose.yaml',
      text: [
        'services:',
        '  traefik: { networks: { web: { ipv4_address: 172.20.0.2 } } }',
        'networks:',
        '  web: { ipam: { config: [{ subnet: 172.20.0.0/24 }] } }',
      ],
    },
    { where: 'environment', text: ['TRUSTED_PROXIES=172.20.0.2'] },
  ],
};

/** What is legal in a list of trusted proxies, and unwise. */
export const AUDIT_OF_LISTS: Entries<AuditCode> = {
  'private-block': {
    means:
      'An entry holds many private addresses, such as a whole Docker network. Any container or host on it can be anyone.',
    causes: [ONE_ADDRESS],
  },
  'pod-network': {
    means:
      'An entry holds as many addresses as all pods of a cluster, or a whole site. Any of them can be anyone.',
    causes: [
      {
        when: 'In Kubernetes the ingress has no address that stays.',
        mend: 'An address proves nothing there. Run the proxy beside the application in its pod, and trust loopback; or let a NetworkPolicy admit the ingress alone.',
      },
      ONE_ADDRESS,
    ],
  },
  'tailnet-block': {
    means:
      'An entry holds many addresses that Tailscale gives to its nodes. Each of them can be anyone, and 100.64.0.0/10 is also what carriers and clusters use.',
    causes: [
      {
        when: 'Nodes of the tailnet reach the application directly, without a proxy.',
        mend: 'Ask Tailscale about each of them, with tailscaleWhois() of @trusted-header/node. For that the block is right, and the warning can stay.',
        lines: [
          {
            where: 'JavaScript',
            text: [
              "import { createAuthenticator, withProof } from '@trusted-header/core';",
              "import { tailscaleWhois } from '@trusted-header/node';",
              'withProof(createAuthenticator({ trustedProxies }), tailscaleWhois());',
            ],
          },
        ],
      },
      {
        when: 'The proxy is a node of the tailnet, and the list was made wide enough for its address.',
        mend: 'A node keeps its address: list that one alone.',
        lines: [{ where: 'shell', text: ['tailscale ip proxy'] }],
      },
    ],
  },
  'public-block': {
    means: 'An entry holds many public addresses. Whoever gets one of them can be anyone.',
    causes: [
      {
        when: 'The ranges of a provider were listed. They are everybody’s who rents there.',
        mend: 'Let the provider’s tunnel or your own proxy connect, and list its single address.',
      },
    ],
  },
  'public-address': {
    means:
      'The proxy has a public address: the hop from it to the application crosses networks that are not yours.',
    causes: [
      {
        when: 'The proxy runs at another site.',
        mend: 'Let it reach the application through a tunnel (WireGuard, Tailscale) or a private network, and list the address in there.',
      },
    ],
  },
  gateway: {
    means:
      'An entry is, or looks like, the gateway of a container network. The machine’s own processes and clients of published ports come from it, and each can be anyone.',
    causes: [
      {
        when: 'The log named a peer such as 172.17.0.1, and it was added. It was a client of a published port.',
        mend: 'Take the entry and the published port away, put proxy and application on a network of their own, and list the proxy’s address.',
      },
      {
        when: 'The proxy runs on the machine itself, and reaches the application through the bridge.',
        mend: 'Let it connect over a Unix socket, or run it in a container.',
        lines: [{ where: 'environment', text: ['TRUSTED_PROXIES=unix:/run/app/app.sock'] }],
      },
    ],
  },
  loopback: {
    means: 'An entry is this machine. Any local process, of any user, can be anyone.',
    causes: [
      {
        when: 'Proxy and application run on one machine. Where nobody else has an account on it, that may be what you want.',
        mend: 'A Unix socket that only the proxy may open is better.',
        lines: [
          { where: 'environment', text: ['TRUSTED_PROXIES=unix:/run/app/app.sock'] },
          { where: 'nginx', text: ['proxy_pass http://unix:/run/app/app.sock:;'] },
          { where: 'Caddy', text: ['reverse_proxy unix//run/app/app.sock'] },
        ],
      },
      {
        when: 'The proxy is `tailscale serve`. Local processes can write its headers as well; and where tailscaled has no network interface (userspace networking, the default in its container), every node of the tailnet that reaches the application’s own port comes from loopback, too.',
        mend: 'Let the application listen on a Unix socket, and serve that.',
        lines: [
          { where: 'shell', text: ['tailscale serve unix:/run/app/app.sock'] },
          { where: 'environment', text: ['TRUSTED_PROXIES=unix:/run/app/app.sock'] },
        ],
      },
    ],
  },
  'link-local': {
    means:
      'An entry is link-local. Hosts on the same link can take such an address, or all of them have one.',
    causes: [ONE_ADDRESS],
  },
  'never-a-peer': {
    means:
      'An entry is no address that a TCP connection comes from (unspecified, broadcast, multicast).',
    causes: [
      {
        when: '0.0.0.0 was taken over from the address that a server listens on.',
        mend: 'Leave it out, and list the address that the proxy connects from.',
      },
    ],
  },
  covered: {
    means: 'An entry is already part of another one. It changes nothing.',
    causes: [
      {
        when: 'A block and an address in it are both listed.',
        mend: 'Leave the block out, if the address is the proxy’s. Else leave out the address.',
      },
    ],
  },
};
