import type { Refused } from '../decision.js';
import { isGateway } from '../trust/gateways.js';
import { NAMED_BY_TEST } from './details.js';
import { isProofReason, proofLine } from './proof-line.js';

/** What to do about what a detail says. */
const CURES: readonly (readonly [part: string, cure: string])[] = [
  ['limits.', 'if that is right, raise the limit in the options; if not, check what it sends'],
  [
    'a comma',
    "make it delete the client's copy; if users do hold commas, say comma: true in the profile",
  ],
  ['placeholder', 'make it send nothing where it knows nobody'],
];

const EVERYBODY =
  ', which may be the gateway of a container network, and then everybody: see npx @trusted-header/cli audit';

const AS_USER = 'name the user by asUser of @trusted-header/testing';

const EMAIL_ONLY = 'but with ';

/** Says what happened and what to change, in one line for the operator. Holds no header value (D3). */
export function refusalLine(refused: Refused): string {
  const { reason, header = 'an identity header', peer, detail } = refused;
  const because = detail === undefined ? '' : ` (${detail})`;
  const who = peer === undefined ? 'a peer without an address' : `peer ${peer}`;
  if (isProofReason(reason)) return proofLine(reason, who, refused.header, because);
  switch (reason) {
    case 'peer-untrusted':
      if (peer === undefined) {
        return `identity headers came over a Unix socket that is not in trustedProxies; if your proxy connects there, add ${detail ?? 'unix: and its path'}`;
      }
      return detail === NAMED_BY_TEST
        ? `asUser of a test names ${peer} as the proxy, which is not in trustedProxies; give it one that is, asUser(…, { peer }), or the application the address`
        : `${who} sent identity headers but is not in trustedProxies${because}; if it is your proxy, ${detail === undefined ? '' : 'see why that is so, or '}add ${peer}${isGateway(peer) ? EVERYBODY : ''}`;
    case 'peer-unknown':
      return `identity headers came over a connection without a source address; in a test that calls the application without a server, ${AS_USER}; elsewhere the client has hung up, or this runtime hides the address`;
    case 'peer-unparsable':
      if (detail !== undefined) return `identity headers came over a connection whose ${detail}`;
      return 'identity headers came with a peer that is not an IP address; pass the TCP source address as it is, without a port, never a value from a header';
    case 'peer-self':
      return `this process sent identity headers to itself; do not forward the headers of a request: drop those for which isIdentityHeader is true; in a test, ${AS_USER}`;
    case 'header-repeated':
      return `${who} sent ${header} more than once${because}; make the proxy delete the client's copy before it sets its own`;
    case 'header-ambiguous':
      if (detail !== undefined) {
        return `${who} sent ${header}, and ${detail}; set the profile that is the proxy's (${detail.replace(/.*of the profile (\S+),.*/, "profile: '$1'")}?), or make it delete the other header; in a chain of proxies write otherProfiles: 'ignore'`;
      }
      return `${who} sent ${header} under another spelling (with _ or . for -); make the proxy delete such aliases`;
    case 'header-hop-by-hop':
      return `${who} sent a Connection header that names ${header}; make the proxy set Connection itself`;
    case 'header-malformed':
      return `${who} sent ${header} in a form that cannot be read${because}; ${CURES.find(([start]) => detail?.includes(start))?.[1] ?? 'check what it sends'}`;
    case 'header-missing':
      return `${who} named a user without ${header}, which \`required\` asks for${because}; ${detail === undefined ? 'make the proxy copy it from the authorization response' : 'mend the value at the provider, or do not require it'}`;
    case 'headers-too-many':
      return `${who} sent so many header lines that identity headers may be hidden among them${because}; limit the number of headers at the proxy`;
    case 'cross-origin':
      return `a page of another origin sent a request or opened a WebSocket${because}; if that site is yours, add it to allowedOrigins; if it is the application's own page, make the proxy keep Host, or set X-Forwarded-Host and X-Forwarded-Proto`;
    case 'decision-unknown':
      return 'a request was refused because nobody of ours has decided it';
    case 'user-missing':
      if (detail?.startsWith(EMAIL_ONLY)) {
        return `${who} sent identity headers without ${header}${because}; make it send the user too (oauth2-proxy: --user-id-claim), or, if the email is the user, say so in a profile of your own: user: { header: '${detail.slice(EMAIL_ONLY.length)}' }, email: 'user'`;
      }
      return `${who} sent identity headers without ${header}${because}; make the proxy delete the client's copies and set all of them together, or name in the profile the header that does hold the user`;
  }
}
