import type { RefusalReason } from '@trusted-header/core';
import type { Entries } from './explanation.js';

/** Refusals that are about where the request came from. */
export const REFUSALS_OF_PEERS: Entries<Extract<RefusalReason, `peer-${string}`>> = {
  'peer-untrusted': {
    status: 403,
    log: [
      'sent identity headers but is not in trustedProxies',
      'identity headers came over a Unix socket that is not in trustedProxies',
      'asUser of a test names',
    ],
    means:
      'A request came with identity headers, and its TCP source address is not in trustedProxies. Nothing of the claim was read.',
    causes: [
      {
        when: 'The address of the proxy is another one than the list says. In Docker that happens after a restart, as long as the address is not static.',
        mend: 'Find the proxy’s address on the network that both share, give it that address for good, and list it alone. The line in the log names the peer.',
        lines: [
          {
            where: 'shell',
            text: [
              "docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}' traefik",
              'npx @trusted-header/cli audit --compose compose.yaml',
            ],
          },
          {
            where: 'compose.yaml',
            text: [
              'services:',
              '  traefik: { networks: { web: { ipv4_address: 172.20.0.2 } } }',
              '  app: { environment: { TRUSTED_PROXIES: 172.20.0.2 }, networks: [web] }',
              'networks:',
              '  web: { ipam: { config: [{ subnet: 172.20.0.0/24 }] } }',
            ],
          },
          { where: 'environment', text: ['TRUSTED_PROXIES=dns:traefik   # or look its name up'] },
        ],
      },
      {
        when: 'The list names a source that stands for nobody now: the line says which (dns:traefik has no addresses yet), and why. Nobody has looked it up, the name does not exist, or there has been no answer for too long.',
        mend: 'See whether the application can look it up. Adapters for Node watch sources by themselves; elsewhere call watchTrustedProxies of @trusted-header/node.',
        lines: [
          {
            where: 'shell',
            text: [
              'docker compose exec app getent ahosts traefik',
              'docker compose exec app cat /etc/app/trusted-proxies/list',
            ],
          },
        ],
      },
      {
        when: 'The network has IPv4 and IPv6, the proxy connects by either, and one of them is listed: about half of the requests fail.',
        mend: 'List both addresses.',
        lines: [{ where: 'environment', text: ['TRUSTED_PROXIES=172.20.0.2,fd00:20::2'] }],
      },
      {
        when: 'There are two proxies, and the outer one is listed. The peer is always the last hop.',
        mend: 'List the address of the proxy that connects to the application.',
      },
      {
        when: 'Proxy and application run on one machine, and `localhost` is ::1 for one of them.',
        mend: 'List both loopback addresses, or connect to 127.0.0.1 by number.',
        lines: [{ where: 'environment', text: ['TRUSTED_PROXIES=127.0.0.1,::1'] }],
      },
      {
        when: 'The application’s port is published, and the request came past the proxy. The peer is then often a gateway, such as 172.20.0.1, from which everybody comes.',
        mend: 'Do not add a gateway. Take the `ports:` of the application away, so that only the proxy reaches it.',
      },
      {
        when: 'The proxy connects over a Unix socket, and the path of the listener is not in the list.',
        mend: 'List the path that the application listens on; where systemd opened the socket, write unix:fd.',
        lines: [{ where: 'environment', text: ['TRUSTED_PROXIES=unix:/run/app/app.sock'] }],
      },
      {
        when: 'It is a test, and asUser() of @trusted-header/testing names an address that the application’s list does not have. The line says so.',
        mend: 'Write an address that it has: asUser({ user }, { peer }).',
      },
      {
        when: 'It is no proxy of yours: somebody tried to be somebody.',
        mend: 'Nothing: they were refused. Where that peer is a container of yours, look at it.',
      },
    ],
  },
  'peer-unknown': {
    status: 403,
    log: ['identity headers came over a connection without a source address'],
    means: 'A request came with identity headers over a connection that has no source address.',
    causes: [
      {
        when: 'The client hung up before its request was read. Node forgets the address then.',
        mend: 'Nothing: nobody is waiting for the answer.',
      },
      {
        when: 'It is a test without a socket: app.inject() of Fastify, app.request() of Hono.',
        mend: 'Sign the test’s user in with asUser() of @trusted-header/testing.',
      },
      {
        when: 'The runtime has no socket address (an edge runtime, a serverless function).',
        mend: 'Give Hono’s adapter a `facts` function that reads the address where your platform keeps it, never from a header. Where there is none, such a platform cannot be used.',
      },
    ],
  },
  'peer-unparsable': {
    status: 403,
    log: [
      'identity headers came with a peer that is not an IP address',
      'has been redefined in this process',
    ],
    means:
      'A request came with identity headers, and what should be its source address is no IP address.',
    causes: [
      {
        when: 'A `facts` function gives an address with a port or brackets, a host name, or a header’s value.',
        mend: 'Give the TCP source address alone.',
      },
      {
        when: 'Something in the process has written another address onto the socket, as packages for the PROXY protocol do. What a client wrote is no address of the kernel’s.',
        mend: 'Let the proxy speak plain HTTP to the application, and take that package away. The client’s address is in X-Forwarded-For.',
        lines: [
          { where: 'HAProxy', text: ['server app 172.20.0.3:3000   # without send-proxy'] },
          { where: 'nginx', text: ['proxy_protocol off;   # in stream { server { … } }'] },
        ],
      },
    ],
  },
  'peer-self': {
    status: 403,
    log: ['this process sent identity headers to itself'],
    means:
      'The application opened this connection itself, and passed identity headers on. An application is never its own proxy, though its address may be a trusted one.',
    causes: [
      {
        when: 'A handler fetches from its own server with the headers of the request that it answers.',
        mend: 'Leave identity headers out of what the application sends, or call the function behind the route.',
        lines: [
          {
            where: 'JavaScript',
            text: [
              'const headers = new Headers(incoming);',
              'for (const name of [...headers.keys()]) {',
              '  if (authenticator.isIdentityHeader(name)) headers.delete(name);',
              '}',
            ],
          },
        ],
      },
      {
        when: 'A test has its client in the process of the server, under a runner that leaves no mark, as those of Bun and Deno. Known are node --test, Jest, Vitest, mocha, Jasmine and AVA; NODE_ENV plays no part.',
        mend: 'Set NODE_TEST_CONTEXT=1 for the command of the tests, and sign the test’s user in with asUser() of @trusted-header/testing.',
      },
      {
        when: 'Another server in the same process, such as a development proxy, forwards to the application.',
        mend: 'Run it in a process of its own.',
      },
    ],
  },
};
