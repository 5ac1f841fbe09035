import { ADDRESSES } from '../network/network.js';
import type { Destination } from '../wire/protocol.js';
import { DOMAIN, PORTAL_PORT } from '../world/constants.js';
import type { Attack, Harmless, Site } from './case.js';
import { encode, type RawRequest, sendBytes } from './raw.js';
import { asUser, FORGED, FRONT, fetchOne } from './requests.js';

const PROXY = ADDRESSES.proxy.back;

/** Somebody on the network that proxy and application share, past the proxy. */
export const DIRECT_ATTACKS: readonly Attack[] = [
  direct('direct-claim', 'The attack that this project is about.', 'refused', { lines: FORGED }),
  direct('direct-claim-ipv6', 'The same by IPv6.', 'refused', { lines: FORGED }, 'ipv6'),
  direct('direct-nothing', 'No claim, no user.', 'refused', {}),
  direct('direct-public', 'A public page is public here too, without a claim.', 'anonymous', {
    path: '/public',
  }),
  direct('direct-public-claim', 'With a claim it is not.', 'refused', {
    path: '/public',
    lines: FORGED,
  }),
  direct('direct-alias', 'Other spellings.', 'refused', {
    lines: ['Remote_User: mallory', 'Remote.Groups: admin'],
  }),
  direct(
    'direct-claims-address',
    'Every header that names an address names the proxy.',
    'refused',
    {
      lines: [
        ...FORGED,
        `X-Forwarded-For: ${PROXY.ipv4}`,
        `X-Real-IP: ${PROXY.ipv4}`,
        `Forwarded: for=${PROXY.ipv4};by=${PROXY.ipv4}`,
        `X-Client-IP: ${PROXY.ipv4}`,
        `CF-Connecting-IP: ${PROXY.ipv4}`,
        `X-Remote-Addr: ${PROXY.ipv4}`,
        `Remote-Addr: ${PROXY.ipv4}`,
        `Via: 1.1 ${PROXY.ipv4}`,
      ],
    },
  ),
  direct(
    'direct-proxy-protocol',
    'A PROXY protocol line says who it comes from, to those who listen.',
    'refused',
    {
      method: `PROXY TCP4 ${PROXY.ipv4} 10.77.2.3 40000 3001\r\nGET`,
      lines: FORGED,
    },
  ),
  direct(
    'direct-cookie',
    'A stolen cookie is the portal’s business: the application has none.',
    'refused',
    (site) => ({
      lines: [`Cookie: ${site.cookies.john}`, ...FORGED],
    }),
  ),
  direct('direct-own-id', 'Identifiers of the adapter itself.', 'refused', {
    lines: [
      ...FORGED,
      'X-Trusted-Header-Id: 1',
      'x-middleware-subrequest: proxy:proxy:proxy:proxy:proxy',
    ],
  }),
  direct('direct-pipelined', 'Two at once: the second is no better.', 'refused', (site) => ({
    keepAlive: true,
    lines: FORGED,
    rest: encode(site, { lines: FORGED }),
  })),
  {
    id: 'direct-source-port',
    why: 'From the very port that the proxy has just used.',
    allowed: ['refused'],
    run: async (site) => {
      await fetchOne(site, asUser(site, 'john', '/whoami'));
      const ports = site.proxyPorts();
      if (ports.length === 0) return 'the proxy has used no port';
      const bytes = encode(site, { lines: FORGED });
      const to = { ...destination(site, site.app.reachedBy), localPort: ports.at(-1) ?? 0 };
      return sendBytes(site, [bytes], undefined, 'attacker', to);
    },
  },
  {
    id: 'front-door-from-inside',
    why: 'From inside, the proxy’s own door asks for a sign-in like from outside.',
    allowed: ['refused'],
    run: (site) =>
      sendBytes(site, [encode(site, { lines: FORGED })], undefined, 'attacker', {
        ...FRONT,
        address: PROXY.ipv4,
      }),
  },
  unreachable('portal-from-outside', 'client', ADDRESSES.proxy.front.ipv4, PORTAL_PORT),
  unreachable('portal-from-inside', 'attacker', PROXY.ipv4, PORTAL_PORT),
  unreachable('inner-hop-from-inside', 'attacker', PROXY.ipv4, 8080),
  unreachable('application-from-outside', 'client', ADDRESSES.app.back.ipv4, 3001),
];

function direct(
  id: string,
  why: string,
  allowed: Harmless,
  request: RawRequest | ((site: Site) => RawRequest),
  family: 'ipv4' | 'ipv6' = 'ipv4',
): Attack {
  return {
    id,
    why,
    allowed: [allowed],
    // An application that listens on IPv4 only is not there: refused by the machine itself.
    run: (site) =>
      sendBytes(
        site,
        [encode(site, typeof request === 'function' ? request(site) : request)],
        undefined,
        'attacker',
        destination(site, family),
      ),
  };
}

function destination({ app }: Site, family: 'ipv4' | 'ipv6'): Destination {
  return { address: ADDRESSES.app.back[family], port: app.port };
}

/** A port that nobody else must reach. */
function unreachable(
  id: string,
  from: 'client' | 'attacker',
  address: string,
  port: number,
): Attack {
  return {
    id,
    why: `Port ${port} does not listen there.`,
    allowed: ['refused'],
    run: (site) =>
      sendBytes(
        site,
        [encode(site, { host: `${DOMAIN}:${port}`, lines: FORGED })],
        undefined,
        from,
        { address, port },
      ),
  };
}
