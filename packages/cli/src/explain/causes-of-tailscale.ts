import type { Cause } from './explanation.js';

// Where Tailscale is asked who connects: `tailscaleWhois` of `@trusted-header/node`.

/** Why Tailscale knows nobody there. */
export const NOBODY_KNOWN: readonly Cause[] = [
  {
    when: 'Tailscale is asked (tailscaleWhois), and the request comes through `tailscale serve` or Funnel. Those connect from this machine’s own address, and Tailscale says of that only that it is no node.',
    mend: 'Let nodes connect to the application’s port directly. Or keep `tailscale serve`, and believe its headers instead, over a Unix socket.',
    lines: [
      { where: 'shell', text: ['tailscale serve unix:/run/app/app.sock'] },
      {
        where: 'JavaScript',
        text: ["trustedHeader({ trustedProxies: 'unix:/run/app/app.sock', profile: 'tailscale' })"],
      },
    ],
  },
  {
    when: 'Tailscale is asked, and 100.64.0.0/10 is another network here: a carrier’s, or that of a cluster’s pods.',
    mend: 'Nothing: it was refused. Where no node comes from there (userspace networking), list 127.0.0.1 alone.',
  },
  {
    when: 'Tailscale is asked, with userspace networking, and it is another process on loopback, such as a health check.',
    mend: 'Let the check connect from an address that is not listed; it is nobody then, and `open` paths answer it.',
    lines: [
      {
        where: 'shell',
        text: ['curl --interface 127.0.0.2 http://127.0.0.1:3000/healthz'],
      },
    ],
  },
];

/** Why a node that Tailscale knows is no user. */
export const NO_USER: readonly Cause[] = [
  {
    when: 'Tailscale is asked, and the node is tagged: it belongs to no user.',
    mend: 'Name a user for its tags, if it may be one.',
    lines: [
      {
        where: 'JavaScript',
        text: [
          "tailscaleWhois({ tagged: (tags) => (tags.includes('tag:ci') ? 'ci' : undefined) })",
        ],
      },
    ],
  },
  {
    when: 'Tailscale is asked, and the node is of another tailnet, with whose user this machine is shared.',
    mend: "If such users may come in: tailscaleWhois({ shared: 'accept' }). Their names are given out by another tailnet’s identity provider.",
  },
  {
    when: 'Tailscale is asked, and the connection comes from the application’s own machine, by its Tailscale address. Any process there could have opened it.',
    mend: 'Connect from another node.',
  },
  {
    when: 'Tailscale is asked, and the identity headers beside it name somebody else.',
    mend: 'Nothing needs to send any: delete them where they come from. Or somebody tried, and was refused.',
  },
];

/** Why Tailscale does not answer. */
export const NO_ANSWER: readonly Cause[] = [
  {
    when: 'Tailscale is asked, and tailscaled does not run, or is logged out.',
    mend: 'Start it, and log in. The detail in the log says which of them it is, and where the application looked.',
    lines: [{ where: 'shell', text: ['tailscale status', 'sudo tailscale up'] }],
  },
  {
    when: 'The application runs in a container, and tailscaled does not.',
    mend: 'Mount the directory of the socket, not the socket by itself, which is another one after a restart. Do not run the application as root: root may change Tailscale’s settings through that socket.',
    lines: [
      {
        where: 'compose.yaml',
        text: [
          'services:',
          '  app:',
          '    user: "1000:1000"',
          '    network_mode: host',
          '    volumes: ["/var/run/tailscale:/var/run/tailscale:ro"]',
        ],
      },
    ],
  },
  {
    when: 'The application may not open the socket.',
    mend: 'tailscaled makes it for everybody (mode 0666), and asking needs neither root nor --operator: look at the directory’s mode, and at what the service manager forbids.',
    lines: [
      {
        where: 'shell',
        text: ['ls -ld /var/run/tailscale /var/run/tailscale/tailscaled.sock'],
      },
    ],
  },
  {
    when: 'tailscaled has its socket elsewhere (--socket).',
    mend: "Name it: tailscaleWhois({ socket: '/run/tailscale/tailscaled.sock' }).",
  },
  {
    when: 'It is a Mac with one of Tailscale’s applications. They have no socket, and are not supported.',
    mend: 'Run the open-source tailscaled there, or the application on Linux.',
  },
];
