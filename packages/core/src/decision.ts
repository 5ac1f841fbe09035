import type { CertificateFacts } from './certificate/certificate-facts.js';

/** The user whom a trusted proxy named. `groups`, `name` and `email` are absent when the proxy sent none. */
export interface Identity {
  readonly user: string;
  /** In the proxy's order, without duplicates. Absent: no groups header; `[]`: an empty one. */
  readonly groups?: readonly string[];
  readonly name?: string;
  readonly email?: string;
  /** Further headers of the profile, by the profile's own names. */
  readonly extra?: Readonly<Record<string, string>>;
}

/** What made a connection trusted. */
export type TrustedSource =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'unix'; readonly path: string };

/** Why a claim is not believed. The table is in DESIGN.md, "Decisions and what the client gets". */
export type RefusalReason =
  | 'peer-untrusted'
  | 'peer-unknown'
  | 'peer-unparsable'
  | 'peer-self'
  | 'header-repeated'
  | 'header-ambiguous'
  | 'header-hop-by-hop'
  | 'header-malformed'
  | 'header-missing'
  | 'headers-too-many'
  | 'user-missing'
  | 'proof-missing'
  | 'proof-invalid'
  | 'proof-unavailable'
  | 'assertion-missing'
  | 'assertion-malformed'
  | 'assertion-algorithm'
  | 'assertion-key-unknown'
  | 'assertion-signature'
  | 'assertion-foreign'
  | 'assertion-expired'
  | 'assertion-subject'
  | 'assertion-mismatch'
  | 'assertion-unavailable'
  | 'cross-origin'
  | 'decision-unknown';

/** Why a policy does not admit an identity that is believed. */
export type DenialReason = PolicyDenial | 'user-unknown' | 'role-missing';

/** What a policy says. The others come of the application's own users and roles. */
export type PolicyDenial = 'user-not-allowed' | 'group-missing' | 'policy-empty';

/** A trusted proxy named one clean user. */
export interface Authenticated {
  readonly kind: 'authenticated';
  readonly identity: Identity;
  readonly source: TrustedSource;
}

/** Nobody claimed anything. `trusted` tells whether the request came through the proxy. */
export interface Anonymous {
  readonly kind: 'anonymous';
  readonly trusted: boolean;
}

/** There was a claim, and it is not believed. `header` and `peer` are for the operator, never for the client. */
export interface Refused {
  readonly kind: 'refused';
  readonly reason: RefusalReason;
  /** The configured header that is at fault, as the profile spells it. */
  readonly header?: string;
  /** The TCP source address, in canonical form; absent where the runtime gave none that could be read. */
  readonly peer?: string;
  /** More about it, for the operator. Holds no header value. */
  readonly detail?: string;
}

/** Who is asking: decided once per request, apart from what they may do (see {@link Authorization}). */
export type Decision = Authenticated | Anonymous | Refused;

/** What a decision is made from. Adapters read these facts from the socket, never from forwarded headers. */
export interface RequestFacts {
  /** TCP source address of the connection as the runtime gives it (Node: `socket.remoteAddress`), never a "client IP". */
  readonly peer: string | undefined;
  /** Header lines in order of arrival: name, value, name, value … (Node: `rawHeaders`), one pair per line. */
  readonly rawHeaders: readonly string[];
  /** Path of the *listener* when it is a Unix socket; `fd` where the listener came as a descriptor (T5). */
  readonly unixSocket?: string | undefined;
  /** The connection was opened by this very process, which is never a proxy. */
  readonly self?: boolean | undefined;
  /** The runtime dropped header lines: a claim may be among them. */
  readonly truncated?: boolean | undefined;
  /** Lines of one name may have been joined by commas, as in Fetch `Headers`: nobody can count them (H2). */
  readonly joined?: boolean | undefined;
  /** Somebody in this process has put another address on the socket than the kernel's (T9): nobody is believed on it. */
  readonly redefinedPeer?: boolean | undefined;
  /** Source port of the connection: with the address, what a local daemon knows it by (`tailscaleWhois`). */
  readonly peerPort?: number | undefined;
  /** Reads the client's certificate, where there is one that the TLS layer has verified; asked only where one is needed. */
  readonly clientCertificate?: (() => CertificateFacts | undefined) | undefined;
  /** The code of the TLS layer for a certificate that it did not verify, such as `CERT_HAS_EXPIRED`. */
  readonly certificateError?: string | undefined;
  /** A test in this process has said where the request comes from (`asUser` of `@trusted-header/testing`). */
  readonly fromTest?: boolean | undefined;
}

/** Something odd about a claim that did not cost the login. Holds no header value. */
export interface DecisionWarning {
  /** What was left out: the name, the email, one extra value, or at least one of the groups. */
  readonly code: 'name-dropped' | 'email-dropped' | 'extra-dropped' | 'group-dropped';
  /** The configured header, as the profile spells it. */
  readonly header: string;
  /** Why: which limit and by how much, which character. */
  readonly detail: string;
}
