import type { DeploymentCode } from '../audit/finding.js';
import type { NetworkCode } from './audit-of-networks.js';
import type { Cause, Entries } from './explanation.js';

const FOLLOW_THE_FRAGMENT: Cause = {
  when: 'Docker gives addresses as containers start, and the list says what was there one day.',
  mend: 'Apply the fragment that the audit prints: it gives the proxy a static address, and lists it.',
  lines: [{ where: 'shell', text: ['npx @trusted-header/cli audit --compose compose.yaml'] }],
};

/** What the audit says of the list of a deployment, and of the addresses in it. */
export const AUDIT_OF_DEPLOYMENTS: Entries<Exclude<DeploymentCode, NetworkCode>> = {
  'proxy-unknown': {
    means:
      'There is an application with a list, and nothing in what was read looks like its proxy.',
    causes: [
      {
        when: 'The proxy is in another compose file, has an unusual image, or runs on the machine.',
        mend: 'Name the other file, or the proxy.',
        lines: [
          {
            where: 'shell',
            text: [
              'npx @trusted-header/cli audit --compose proxy/compose.yaml --compose app/compose.yaml',
              'npx @trusted-header/cli audit --compose compose.yaml --proxy edge',
              'npx @trusted-header/cli audit --compose compose.yaml --proxy host',
            ],
          },
        ],
      },
    ],
  },
  'cannot-judge': {
    means: 'Something is decided elsewhere, and what was read does not show it.',
    causes: [
      {
        when: 'A variable is set neither in the environment nor in .env, or a network is made outside of this file.',
        mend: 'Audit what compose makes of it, or what runs.',
        lines: [
          {
            where: 'shell',
            text: [
              'docker compose config | npx @trusted-header/cli audit --compose -',
              'docker inspect traefik app web | npx @trusted-header/cli audit',
            ],
          },
        ],
      },
    ],
  },
  'list-missing': {
    means: 'The application has no list of trusted proxies in its environment.',
    causes: [
      {
        when: 'The variable has another name than TRUSTED_PROXIES.',
        mend: 'Name it: --variable.',
        lines: [
          {
            where: 'shell',
            text: [
              'npx @trusted-header/cli audit --compose compose.yaml --variable APP_TRUSTED_PROXIES',
            ],
          },
        ],
      },
      {
        when: 'It is not set, or the application reads a file.',
        mend: 'Set it to the address of the proxy.',
      },
    ],
  },
  'list-invalid': {
    means: 'The list has an entry that is none: the application does not start.',
    causes: [
      {
        when: 'A host name, a block with host bits, or quotes that an env file kept.',
        mend: 'Write what the finding says; see trusted-proxy-invalid.',
      },
    ],
  },
  'proxy-not-listed': {
    means:
      'An address that the proxy comes from is not in the list. Requests from there are refused.',
    causes: [
      {
        when: 'The network has IPv4 and IPv6, and one of the two is listed.',
        mend: 'List both.',
        lines: [{ where: 'environment', text: ['TRUSTED_PROXIES=172.20.0.2,fd00:20::2'] }],
      },
      FOLLOW_THE_FRAGMENT,
    ],
  },
  'address-not-static': {
    means:
      'A listed address is the proxy’s as long as nothing restarts. Then another container may have it, and be anyone.',
    causes: [FOLLOW_THE_FRAGMENT],
  },
  'address-impossible': {
    means: 'A static address cannot be given: Docker does not start the container.',
    causes: [
      {
        when: 'It is in no subnet of its network, is the gateway’s, is kept back, or is another container’s too; or the network has no subnet of its own.',
        mend: 'Write the subnet into the file, and take an address in it that is free. The fragment of the audit has one.',
      },
    ],
  },
  'other-container': {
    means:
      'An entry of the list is the address of a container that is not the proxy. It can be anyone.',
    causes: [
      {
        when: 'After a restart two containers have changed places.',
        mend: 'Take the entry out, and give the proxy a static address.',
      },
    ],
  },
  'gateway-trusted': {
    means:
      'An entry of the list is the gateway of a network: the machine’s processes and clients of published ports come from it, and each can be anyone.',
    causes: [
      {
        when: 'The log named that peer, and it was added. It was a client of a published port.',
        mend: 'Take it out, stop publishing the application’s port, and list the proxy’s own address.',
      },
    ],
  },
  'unexplained-entry': {
    means: 'An entry of the list is nobody’s here: whoever gets that address can be anyone.',
    causes: [
      {
        when: 'It is left over from another network or another proxy.',
        mend: 'Take it out.',
      },
      {
        when: 'It belongs to something that was not read, such as an outer proxy.',
        mend: 'Read that too: --compose takes several files. An outer proxy does not belong into the list; the last hop does.',
      },
    ],
  },
};
