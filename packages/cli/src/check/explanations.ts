import type { Decision, HeaderProfile, RefusalReason } from '@trusted-header/core';

/** Why a decision is what it is. */
export interface Explanation {
  /** The rule of the design: `T3`, `H2`. */
  readonly rule: string;
  /** What the rule says, in a sentence. */
  readonly because: string;
  /** What to change, if the decision is not the one that was wanted. */
  readonly change: string;
}

const DELETE_FIRST =
  'make the proxy delete the client’s headers before it sets its own; "npx @trusted-header/cli proxy-config" prints such a configuration';

const REFUSALS: Readonly<Record<RefusalReason, Explanation>> = {
  'peer-untrusted': {
    rule: 'T1–T3',
    because: 'the request claims a user, and its peer is not among the trusted proxies',
    change:
      'if that peer is your proxy, name it in TRUSTED_PROXIES; if not, somebody tried to be somebody',
  },
  'peer-unknown': {
    rule: 'T4',
    because: 'the connection has no source address, which never means “local”',
    change: 'give --peer the TCP source address, or --unix-socket the path of the listener',
  },
  'peer-unparsable': {
    rule: 'T4',
    because: 'the peer is not an IP address in the strict grammar',
    change: 'write the address alone: no port, no brackets, no leading zeros, no host name',
  },
  'peer-self': {
    rule: 'T8',
    because: 'the application opened this connection itself',
    change: 'drop identity headers from requests that the application sends (isIdentityHeader)',
  },
  'header-repeated': {
    rule: 'H2',
    because: 'a header that holds one value is there twice',
    change: DELETE_FIRST,
  },
  'header-ambiguous': {
    rule: 'H3',
    because: 'a header has the name of an identity header with _ or . for -',
    change: DELETE_FIRST,
  },
  'header-hop-by-hop': {
    rule: 'H3',
    because: 'Connection names an identity header, so that some proxies would remove it',
    change:
      'make the proxy rebuild Connection; "npx @trusted-header/cli proxy-config" prints such a configuration',
  },
  'header-malformed': {
    rule: 'H4–H6',
    because:
      'the user, or the groups as a whole, cannot be read: control or invisible characters, a comma in a user, the wrong encoding, too long, or a variable that the proxy did not fill in',
    change: 'look at what the proxy sends, and whether --profile is the right one',
  },
  'header-missing': {
    rule: 'H7',
    because: 'a header that is required is not there',
    change: 'make the proxy copy it from the authorization response, or require it no longer',
  },
  'headers-too-many': {
    rule: 'H11',
    because: 'there are so many header lines that some may be hidden',
    change: 'limit the number of header lines at the proxy',
  },
  'user-missing': {
    rule: 'H7',
    because: 'there are identity headers, but none names the user',
    change: DELETE_FIRST,
  },
  'proof-missing': {
    rule: 'T6',
    because:
      'the address is trusted, and the secret or the certificate that is asked for beside it is not there',
    change:
      'make the proxy send it; if it was not the proxy, something else can connect from its address',
  },
  'proof-invalid': {
    rule: 'T6',
    because: 'the address is trusted, and the secret or the certificate beside it is a wrong one',
    change: 'compare what the proxy sends with sharedSecret or clientCertificate',
  },
  'proof-unavailable': {
    rule: 'V2',
    because: 'nobody who could prove who is asking has answered',
    change: 'see that it runs and can be reached; until then there is 503',
  },
  'assertion-missing': {
    rule: 'V2',
    because: 'there are identity headers, and no assertion',
    change: 'make the proxy send the assertion with them',
  },
  'assertion-malformed': {
    rule: 'V2',
    because: 'the assertion is no signed token in its compact form',
    change: 'make the proxy set the header itself, from the identity provider’s answer',
  },
  'assertion-algorithm': {
    rule: 'V2',
    because: 'the assertion has an algorithm that is not allowed',
    change: 'if the provider has changed its signing key, say so in algorithms',
  },
  'assertion-key-unknown': {
    rule: 'V2',
    because: 'none of the provider’s keys has signed the assertion',
    change: 'see that the keys’ address is that of this provider, and of this application there',
  },
  'assertion-signature': {
    rule: 'V2',
    because: 'the signature of the assertion does not hold',
    change: 'nothing, if it is forged; if not, the keys are not this provider’s',
  },
  'assertion-foreign': {
    rule: 'V2',
    because: 'the assertion is for another application, or of another provider',
    change: 'compare issuer and audience (at AWS: signer) with what the provider says',
  },
  'assertion-expired': {
    rule: 'V2',
    because: 'the assertion is outside its time',
    change: 'see that the clocks are right, and that the proxy renews it',
  },
  'assertion-subject': {
    rule: 'V2',
    because: 'the assertion names nobody whom the application can have',
    change: 'say which claim is the user; map service tokens, if they may come in',
  },
  'assertion-mismatch': {
    rule: 'V2',
    because: 'the assertion and the identity headers name different users',
    change: DELETE_FIRST,
  },
  'assertion-unavailable': {
    rule: 'V2',
    because: 'there are no keys to verify the assertion with',
    change: 'see that the address of the keys can be reached; until then there is 503',
  },
  'cross-origin': {
    rule: 'P4',
    because: 'a page of another origin used the identity of whoever was looking at it',
    change:
      'if that page is yours, name its origin in allowedOrigins; if it is the application’s own, make the proxy keep Host',
  },
  'decision-unknown': {
    rule: 'D5',
    because: 'nothing of ours has decided the request',
    change: 'call trustedHeader() before the guard, and leave req.decision to it',
  },
};

/** Says which rule made a decision, and what to change. */
export function explanationOf(
  decision: Decision,
  { peer, profile }: { peer: string | undefined; profile: HeaderProfile },
): Explanation {
  switch (decision.kind) {
    case 'authenticated':
      return {
        rule: 'T3, H1–H6',
        because: `${decision.source.kind === 'unix' ? 'the listener' : 'the peer'} is trusted, and the headers can be read in one way only`,
        change: 'nothing',
      };
    case 'anonymous':
      return {
        rule: 'H7, D1',
        because: `no ${profile.user.header} or other header of the profile ${profile.id} has a value, so nobody is claimed`,
        change: decision.trusted
          ? 'if somebody was signed in, make the proxy copy the headers of the authorization response, and check --profile'
          : `if ${peer ?? 'this connection'} is your proxy, name it in TRUSTED_PROXIES; people who are not signed in get 401 unless anonymous is "allow"`,
      };
    case 'refused':
      return { ...REFUSALS[decision.reason], ...changeOfLimit(decision.detail) };
  }
}

/** Where the detail names a limit, that is what to change: `groups 600 > limits.groups 512`. */
function changeOfLimit(detail: string | undefined): Partial<Explanation> {
  const [, found, name] = /(\d+) > limits\.([A-Za-z]+)/.exec(detail ?? '') ?? [];
  if (name === undefined) return {};
  return {
    change: `if so many are right, raise limits.${name} in the application; --limits ${name}=${found} tries it here`,
  };
}
