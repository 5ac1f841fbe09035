import type { RefusalReason } from '@trusted-header/core';
import { NO_ANSWER, NO_USER, NOBODY_KNOWN } from './causes-of-tailscale.js';
import type { Entries } from './explanation.js';
import { DELETE_FIRST } from './lines.js';

/** Refusals for want of a proof beside the address. */
export const REFUSALS_OF_PROOFS: Entries<
  Extract<RefusalReason, `proof-${string}` | `assertion-${string}`>
> = {
  'proof-missing': {
    status: 403,
    log: [
      'sent identity headers without the proof that is asked for beside its address',
      'is nobody whom Tailscale knows',
    ],
    means:
      'A trusted address sent identity headers without the shared secret or the client certificate that the application asks for beside the address; or Tailscale was asked who is there, and knows nobody.',
    causes: [
      {
        when: 'The proxy does not send it yet.',
        mend: 'Make it send the secret on every request, and delete what clients send under that name; or let it connect with its certificate.',
        lines: [
          {
            where: 'nginx',
            text: ['proxy_set_header X-Proxy-Secret "the value of PROXY_SECRET";'],
          },
        ],
      },
      {
        when: 'The proxy has a certificate, and the application’s server does not ask for it: it lacks requestCert, or speaks plain HTTP.',
        mend: 'Let the server end TLS, and ask.',
        lines: [
          {
            where: 'JavaScript',
            text: [
              "import { createServer } from 'node:https';",
              'createServer({ cert, key, ca, requestCert: true }, app.callback()).listen(8443);',
            ],
          },
        ],
      },
      {
        when: 'Something else can connect from that address: another container, pod or local process.',
        mend: 'Nothing: it was refused, and this is what the proof is for.',
      },
      ...NOBODY_KNOWN,
    ],
  },
  'proof-invalid': {
    status: 403,
    log: [
      'sent identity headers with a proof that is not right',
      'is known to Tailscale, and is no user here',
    ],
    means:
      'A trusted address sent identity headers with a secret or a certificate that is not among those that the application knows; or Tailscale knows the node, and no user of the application is at it.',
    causes: [
      {
        when: 'The secret was changed on one side only.',
        mend: 'List both values while you change it: first in the application, then at the proxy, then take the old one away.',
        lines: [
          {
            where: 'JavaScript',
            text: ["sharedSecret: { header: 'X-Proxy-Secret', values: [newSecret, oldSecret] }"],
          },
        ],
      },
      {
        when: 'The certificate has expired, is of another authority, or has another name.',
        mend: 'The detail in the log says which. Renew it, or list its name or fingerprint.',
      },
      ...NO_USER,
    ],
  },
  'proof-unavailable': {
    status: 503,
    log: ['sent a request about which nobody could be asked'],
    means:
      'Who is asking has to be asked of somebody else, such as Tailscale’s daemon, who did not answer.',
    causes: NO_ANSWER,
  },
  'assertion-missing': {
    status: 403,
    log: ['sent identity headers without the assertion'],
    means: 'There are identity headers, and no signed assertion that confirms them.',
    causes: [
      {
        when: 'The proxy does not forward the assertion.',
        mend: 'Forward the header that the log names.',
      },
      {
        when: 'The request did not pass the provider: it reached the application by another way.',
        mend: 'Close that way, if there is one.',
      },
    ],
  },
  'assertion-malformed': {
    status: 403,
    log: ['that is no signed token in its compact form'],
    means:
      'The assertion’s header holds something else than a signed token: three parts in base64url with dots between them.',
    causes: [
      {
        when: 'The header holds an opaque access token.',
        mend: 'Configure the header with the ID token or the signed assertion; an access token is none.',
      },
      {
        when: 'Something else is in it: a second token after a comma, white space, padding, more than 16 KiB. The log says which.',
        mend: 'Make the proxy replace the header, and not add to it.',
      },
    ],
  },
  'assertion-algorithm': {
    status: 403,
    log: ['with an algorithm that is not allowed'],
    means:
      'The token is signed with an algorithm that the options do not allow. A token never chooses for itself.',
    causes: [
      {
        when: 'The provider signs with the client secret (HS256), as authentik does until a signing key is chosen.',
        mend: 'Choose a signing key at the provider, or say in the options that the client secret is used.',
      },
    ],
  },
  'assertion-key-unknown': {
    status: 403,
    log: ['that none of the provider’s keys has signed'],
    means:
      'The token names a key that is not among the provider’s keys, which were fetched anew to see.',
    causes: [
      {
        when: 'The keys are those of another application or of another provider.',
        mend: 'Correct the address of the keys.',
      },
      {
        when: 'The provider has changed its keys within the last half minute, while somebody was making key ids up: keys are fetched once in 30 seconds.',
        mend: 'Nothing: the next fetch has them.',
      },
      {
        when: 'Somebody made the token up.',
        mend: 'Nothing: it was refused.',
      },
    ],
  },
  'assertion-signature': {
    status: 403,
    log: ['whose signature does not hold'],
    means: 'The token was not signed by the key that it names.',
    causes: [
      {
        when: 'Somebody changed or made up the token.',
        mend: 'Nothing: it was refused.',
      },
      {
        when: 'Something on the way changed the text, such as a proxy that strips padding.',
        mend: 'Forward the header as it comes.',
      },
    ],
  },
  'assertion-foreign': {
    status: 403,
    log: ['that is not for this application'],
    means:
      'The token is properly signed, for another application or by another provider: issuer, audience or signer are not those in the options.',
    causes: [
      {
        when: 'The options hold the audience of another application.',
        mend: 'Copy audience (or signer) from the provider’s page of this application.',
      },
      {
        when: 'Somebody reuses a token that another application of the same provider was given.',
        mend: 'Nothing: it was refused.',
      },
    ],
  },
  'assertion-expired': {
    status: 403,
    log: ['outside its time'],
    means: 'The token has expired, is not valid yet, or is valid for longer than is allowed.',
    causes: [
      {
        when: 'The clocks of the machines differ.',
        mend: 'Synchronise them (NTP).',
      },
      {
        when: 'The proxy sends an old token: it keeps the one of the sign-in and does not renew it.',
        mend: 'Let it renew tokens (oauth2-proxy: --cookie-refresh).',
      },
      {
        when: 'The provider makes tokens that are good for longer than usual. The log says for how long.',
        mend: 'Shorten it at the provider, or allow it: maxLifetimeSeconds.',
      },
    ],
  },
  'assertion-subject': {
    status: 403,
    log: ['that names nobody whom the application can have'],
    means:
      'The token is good, and has no user in it that the application could take: the claim is missing, empty or unreadable, or it is a service’s.',
    causes: [
      {
        when: 'Another claim holds the user.',
        mend: "Name it in the options: user: 'preferred_username'.",
      },
      {
        when: 'It is a service token.',
        mend: 'Map it to a user, if services may come in.',
      },
    ],
  },
  'assertion-mismatch': {
    status: 403,
    log: ['for somebody else than its identity headers name'],
    means: 'The token names one user, and the identity headers beside it another.',
    causes: [
      {
        when: 'The proxy lets the client’s identity headers through.',
        mend: 'Delete all identity headers first, then set all of them together.',
        lines: DELETE_FIRST,
      },
      {
        when: 'The two have different names for one user, such as a login and an e-mail.',
        mend: 'Name the claim that equals the header, or say that the assertion replaces the headers.',
      },
    ],
  },
  'assertion-unavailable': {
    status: 503,
    log: ['while there are no keys to verify it with'],
    means: 'The provider’s keys could not be fetched, and none are known from before.',
    causes: [
      {
        when: 'The application cannot reach the address of the keys.',
        mend: 'Allow it, or correct the address. The log names it.',
      },
      {
        when: 'The key set is empty: authentik’s proxy provider has no signing key until one is chosen, and signs with the client secret.',
        mend: 'Choose a signing key at the provider, or say in the options that the client secret is used.',
        lines: [
          {
            where: 'JavaScript',
            text: [
              'authentik({ issuer, audience, keys: { clientSecret: process.env.CLIENT_SECRET } })',
            ],
          },
        ],
      },
      {
        when: 'The certificate of that address is of an authority of your own.',
        mend: 'Let Node trust it.',
        lines: [
          { where: 'shell', text: ['NODE_EXTRA_CA_CERTS=/etc/ssl/own-ca.pem node server.js'] },
        ],
      },
      {
        when: 'An AWS load balancer began to use a second key, and keys are fetched one in 30 seconds.',
        mend: 'Nothing: the next fetch has it.',
      },
    ],
  },
};
