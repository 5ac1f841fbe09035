import type { RefusalReason } from '@trusted-header/core';
import type { Entries } from './explanation.js';
import { DELETE_FIRST } from './lines.js';

/** Refusals that are about a request as a whole. */
export const REFUSALS_OF_REQUESTS: Entries<
  Exclude<
    RefusalReason,
    `peer-${string}` | `header-${string}` | `proof-${string}` | `assertion-${string}`
  >
> = {
  'headers-too-many': {
    status: 403,
    log: ['sent so many header lines'],
    means:
      'A request with identity headers has so many header lines that some may be hidden: Node drops what comes after the 1 000th.',
    causes: [
      {
        when: 'A client pads its request, to push the proxy’s own header out of sight.',
        mend: 'Limit the number of header lines at the proxy. No browser sends more than a few dozen. HAProxy takes 101 unless told otherwise.',
        lines: [{ where: 'HAProxy, global', text: ['tune.http.maxhdr 101'] }],
      },
      {
        when: 'The server was told to take few headers (server.maxHeadersCount), and the runtime dropped the rest.',
        mend: 'Leave maxHeadersCount as it is.',
      },
    ],
  },
  'user-missing': {
    status: 403,
    log: ['sent identity headers without'],
    means:
      'A trusted proxy sent identity headers, such as groups or an e-mail, and none that names the user.',
    causes: [
      {
        when: 'The proxy sets the user and does not delete the client’s other headers: a visitor without an account sent Remote-Groups.',
        mend: 'Delete all identity headers first, then set all of them together.',
        lines: DELETE_FIRST,
      },
      {
        when: 'oauth2-proxy knows the e-mail only.',
        mend: 'Let it send a user too, or say in a profile of your own that the e-mail is the user.',
        lines: [
          { where: 'oauth2-proxy', text: ['--user-id-claim=preferred_username'] },
          {
            where: 'JavaScript',
            text: [
              "profile: { id: 'by-email', user: { header: 'X-Forwarded-Email' }, email: 'user' }",
            ],
          },
        ],
      },
      {
        when: 'The profile names another header for the user than the one that the proxy sends.',
        mend: 'Set the profile that is the proxy’s; npx @trusted-header/cli check --from - reads what reached the application.',
      },
    ],
  },
  'cross-origin': {
    status: 403,
    log: ['a page of another origin sent a request or opened a WebSocket'],
    means:
      'A page of another origin opened a WebSocket, or sent a request that may change something, as the user who was looking at it.',
    causes: [
      {
        when: 'Another site of yours uses this application.',
        mend: 'Name its origin.',
        lines: [
          {
            where: 'JavaScript',
            text: [
              "trustedHeader({ trustedProxies, allowedOrigins: ['https://other.example.com'] })",
            ],
          },
        ],
      },
      {
        when: 'It is the application’s own page, and the proxy changes Host, so that it does not equal Origin.',
        mend: 'Keep Host, or say the original in X-Forwarded-Host and X-Forwarded-Proto.',
        lines: [
          {
            where: 'nginx',
            text: [
              'proxy_set_header Host $http_host;',
              'proxy_set_header X-Forwarded-Proto $scheme;',
            ],
          },
          { where: 'Apache', text: ['ProxyPreserveHost On'] },
        ],
      },
      {
        when: 'A site that the user visits tries it in the user’s name.',
        mend: 'Nothing: it was refused.',
      },
    ],
  },
  'decision-unknown': {
    status: 403,
    log: ['a request was refused because nobody of ours has decided it'],
    means:
      'A guard asked who is asking, and nothing of ours had decided it. What is unknown is refused.',
    causes: [
      {
        when: 'The guard runs before trustedHeader(), or on a route that it does not cover.',
        mend: 'Put trustedHeader() first, before all routes.',
        lines: [
          {
            where: 'JavaScript',
            text: [
              'app.use(trustedHeader({ trustedProxies: process.env.TRUSTED_PROXIES }));',
              "app.use('/admin', requireIdentity({ groups: { anyOf: ['admin'] } }));",
            ],
          },
        ],
      },
      {
        when: 'Other code wrote its own object at req.decision, or the request was replaced on the way.',
        mend: 'Leave the decision to trustedHeader().',
      },
    ],
  },
};
