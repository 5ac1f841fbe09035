import type { RefusalReason } from '../decision.js';

/** Refusals for want of a proof beside the address. */
export type ProofReason = Extract<RefusalReason, `proof-${string}` | `assertion-${string}`>;

/** What happened, and what to change. `{header}` is the proof's header, or its name. */
const LINES: Readonly<Record<ProofReason, readonly [what: string, cure: string]>> = {
  'proof-missing': [
    'sent identity headers without the proof that is asked for beside its address, {header}',
    'if it is your proxy, make it send that; if not, something else that can connect from there tried to name a user',
  ],
  'proof-invalid': [
    'sent identity headers with a proof that is not right, {header}',
    'compare what the proxy sends with sharedSecret or clientCertificate; if it is not your proxy, something else that can connect from there tried to name a user',
  ],
  'proof-unavailable': [
    'sent a request about which nobody could be asked, {header}',
    'see that what answers runs and can be reached; such requests get 503 until then',
  ],
  'assertion-missing': [
    'sent identity headers without the assertion {header}',
    'make the proxy send it; until then anybody who can connect from there could name a user',
  ],
  'assertion-malformed': [
    'sent an assertion in {header} that is no signed token in its compact form',
    'see that the proxy sets this header itself, from the identity provider’s answer',
  ],
  'assertion-algorithm': [
    'sent an assertion in {header} with an algorithm that is not allowed',
    'if the provider has changed its signing key, say so in algorithms; nothing else may choose it',
  ],
  'assertion-key-unknown': [
    'sent an assertion in {header} that none of the provider’s keys has signed',
    'see that the keys’ address is that of this provider, and of this application there',
  ],
  'assertion-signature': [
    'sent an assertion in {header} whose signature does not hold',
    'it is forged or was changed on its way; if it was not, the keys are not this provider’s',
  ],
  'assertion-foreign': [
    'sent an assertion in {header} that is not for this application',
    'compare issuer and audience (at AWS: signer) with what the provider says',
  ],
  'assertion-expired': [
    'sent an assertion in {header} outside its time',
    'see that the clocks of both machines are right, and that the proxy renews the assertion',
  ],
  'assertion-subject': [
    'sent an assertion in {header} that names nobody whom the application can have',
    'say which claim is the user; service tokens name nobody unless they are mapped',
  ],
  'assertion-mismatch': [
    'sent an assertion in {header} for somebody else than its identity headers name',
    "make the proxy delete the client's copies of identity headers, or say in the options that the assertion replaces them",
  ],
  'assertion-unavailable': [
    'sent an assertion in {header} while there are no keys to verify it with',
    'see that the address of the keys can be reached from here; such requests get 503 until then',
  ],
};

/** Where Tailscale was asked, no header has to do with it. The name is that of `tailscaleWhois`. */
const WHOIS = 'tailscale-whois';
const LINES_OF_WHOIS: Readonly<Partial<typeof LINES>> = {
  'proof-missing': [
    'is nobody whom Tailscale knows',
    'nodes of the tailnet are known where they connect to the application directly, anything else from there is to be refused',
  ],
  'proof-invalid': [
    'is known to Tailscale, and is no user here',
    '`tagged` and `shared` of tailscaleWhois() say who else may be one',
  ],
};

/** Tells whether a reason is one of these. */
export function isProofReason(reason: RefusalReason): reason is ProofReason {
  return Object.hasOwn(LINES, reason);
}

/** Says what happened and what to change, in one line for the operator. */
export function proofLine(
  reason: ProofReason,
  who: string,
  header: string | undefined,
  because: string,
): string {
  const [what, cure] = (header === WHOIS ? LINES_OF_WHOIS[reason] : undefined) ?? LINES[reason];
  const named =
    header === undefined
      ? what.replace(/(,| in)? \{header\}/, '')
      : what.replace('{header}', header);
  return `${who} ${named}${because}; ${cure}`;
}
