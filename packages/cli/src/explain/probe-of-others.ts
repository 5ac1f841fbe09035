import type { ProbeCaseId } from '../probe/case-id.js';
import type { Cause, Entries, Entry } from './explanation.js';
import { COPY, PASTE } from './lines.js';

const OTHER_PRODUCT: Cause = {
  when: 'The proxy deletes the headers of its own product and no others.',
  mend: 'Delete the user headers of all products that an application behind it may be set to.',
  lines: PASTE,
};

const OTHER_DOOR: Cause = {
  when: 'The list holds a whole network, a gateway, or this machine.',
  mend: 'Name the proxy’s address alone, and let the application’s port be reached from nowhere else.',
  lines: [
    { where: 'shell', text: ['docker inspect traefik app | npx @trusted-header/cli audit'] },
    { where: 'environment', text: ['TRUSTED_PROXIES=172.20.0.2'] },
  ],
};

const SAME_MACHINE: Cause = {
  when: 'The probe ran on the machine of the proxy, whose address is rightly trusted.',
  mend: 'Run it on another one. If other people have accounts on that machine, let the proxy reach the application by a Unix socket.',
};

/** What the probe finds about other products, about proofs, past the proxy, and in what the proxy sends itself. */
export const PROBE_OF_OTHERS = {
  'TH-P-FAMILY-AUTHENTIK': family('authentik (X-authentik-username)'),
  'TH-P-FAMILY-FORWARDED': family('oauth2-proxy (X-Forwarded-User)'),
  'TH-P-FAMILY-AUTH-REQUEST': family('oauth2-proxy behind another proxy (X-Auth-Request-User)'),
  'TH-P-FAMILY-TAILSCALE': family('Tailscale (Tailscale-User-Login)'),
  'TH-P-FAMILY-CLOUDFLARE': family('Cloudflare (Cf-Access-Authenticated-User-Email)'),
  'TH-P-FAMILY-OTHER': family('other products'),
  'TH-P-PROOFS': {
    means:
      'A client’s own shared secret, assertion or forwarded certificate reaches the application. Each is worth nothing without the key, and could stand beside the proxy’s own.',
    causes: [
      {
        when: 'The proxy does not delete what it does not set.',
        mend: 'Where the application is set to read one of them, set or delete it in the proxy.',
        lines: [
          { where: 'nginx', text: ['proxy_set_header X-Forwarded-Client-Cert "";'] },
          { where: 'Caddy', text: ['request_header -X-Forwarded-Client-Cert'] },
        ],
      },
    ],
  },
  'TH-P-NEXT': {
    means:
      'Internal headers of Next.js that a client sends reach the application. The adapter deletes its own on arrival; old versions of Next.js skipped their middleware for the other (CVE-2025-29927).',
    causes: [
      {
        when: 'The proxy passes on headers that it does not know.',
        mend: 'Keep Next.js up to date, and delete x-middleware-subrequest in front of an old one.',
        lines: [
          { where: 'nginx', text: ['proxy_set_header x-middleware-subrequest "";'] },
          { where: 'Caddy', text: ['request_header -x-middleware-subrequest'] },
        ],
      },
    ],
  },
  'TH-P-DIRECT': {
    means:
      'Past the proxy, the application believes this machine: whoever can open a connection from here is whoever they say.',
    causes: [OTHER_DOOR, SAME_MACHINE],
  },
  'TH-P-DIRECT-FORWARDED': {
    means:
      'Past the proxy, the application believes this machine where a header names a trusted address.',
    causes: [
      {
        when: 'Something in front of the adapter puts the address of X-Forwarded-For in the place of the connection’s.',
        mend: 'Take it away: the peer is what the kernel says.',
      },
      OTHER_DOOR,
      SAME_MACHINE,
    ],
  },
  'TH-P-PEER': {
    means:
      'Through the proxy: the application does not trust the peer that it sees, or refuses what it sends by itself, and nobody can sign in. Past the proxy: it trusts this machine.',
    causes: [
      {
        when: 'The proxy’s address is not in the list, or the proxy reaches the application from another one.',
        mend: 'Add the address that the refusal in the application’s log names, if it is your proxy’s.',
        lines: [
          { where: 'shell', text: ['docker inspect traefik app | npx @trusted-header/cli audit'] },
        ],
      },
      {
        when: 'The proxy is trusted, and sets a header twice, or leaves out what the application requires. Lines that were pasted beside older ones about the same header do that.',
        mend: 'Set each identity header once in a location. Explain says what the reason in brackets means.',
      },
      OTHER_DOOR,
      SAME_MACHINE,
    ],
  },
  'TH-P-PLACEHOLDER': {
    means:
      'The proxy sends a variable that it did not fill in, such as (null) or {http.reverse_proxy.header.Remote-User}. No account is called so, and it is refused or left out here.',
    causes: [
      {
        when: 'The authorization server’s answer lacks that header, or its name is misspelt in the proxy.',
        mend: 'Copy the headers that the answer has, and send nothing where there is none.',
        lines: COPY,
      },
    ],
  },
} satisfies Partial<Entries<ProbeCaseId>>;

function family(product: string): Entry {
  return {
    means: `A client’s own headers of ${product} reach the application. It does not read them; another one behind the same proxy, or this one with another profile, would believe them.`,
    causes: [OTHER_PRODUCT],
  };
}
