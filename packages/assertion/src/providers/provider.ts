import type { JsonObject } from '../compact/read-json-object.js';

/** What a token says, once it is verified. */
export type Claims = JsonObject;

/** How tokens are signed. All but the HS ones are by a key pair; `none` is not among them. */
export type SigningAlgorithm =
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'EdDSA'
  | 'HS256';

/** Where the keys come from. Never from a token. */
export type KeySource =
  /** A JSON Web Key Set (RFC 7517). */
  | { readonly kind: 'jwks'; readonly url: string }
  /** One PEM a key, at this address and the key's id. */
  | { readonly kind: 'pem-per-key'; readonly url: string }
  /** A secret that both sides know. Whoever can verify can sign, too. */
  | { readonly kind: 'secret'; readonly secret: string };

/** One text, or several of which one must be it. */
export type OneOrMore = string | readonly [string, ...string[]];

/** Which claim names the user: its name, or a function that finds it. Undefined: nobody usable. */
export type UserClaim = string | ((claims: Claims) => string | undefined);

/** Which claim holds a list of groups: its name, or a function that finds them. */
export type GroupsClaim = string | ((claims: Claims) => readonly string[] | undefined);

/** Which claims hold what. */
export interface ClaimNames {
  readonly user: UserClaim;
  readonly groups?: GroupsClaim | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

/** What may be said of every provider. Left out: what is usual for it. */
export interface ProviderTuning {
  /** The claim with the user. It must equal the user of the identity header, where one came. */
  readonly user?: UserClaim;
  /** The claim with the groups, a list of texts. */
  readonly groups?: GroupsClaim;
  readonly name?: string;
  readonly email?: string;
  /** How long a token may be good for, in seconds, from `iat` (else `nbf`, else now) to `exp`. At most 31 days. */
  readonly maxLifetimeSeconds?: number;
  /** How far the clocks may differ, in seconds. 30 unless set, at most 60. */
  readonly skewSeconds?: number;
}

/**
 * Whose assertions are believed, and how they look. Made by {@link cloudflareAccess}, {@link authentik} … or
 * {@link genericAssertion}.
 */
export interface AssertionProvider {
  /** For lines of the log. */
  readonly name: string;
  /** The header that carries the token. */
  readonly header: string;
  /** Whether `Bearer` may stand before the token. */
  readonly bearer?: boolean;
  /** What a token may be signed with; it never chooses anything else. */
  readonly algorithms: readonly SigningAlgorithm[];
  /** Where the keys come from. */
  readonly keys: KeySource;
  /** `iss`: one of these. */
  readonly issuer?: readonly string[];
  /** `aud`: at least one of these. */
  readonly audience?: readonly string[];
  /** AWS: the load balancer or the instance that has signed, in the token's header. */
  readonly signer?: readonly string[];
  /** AWS: the client id, in the token's header. */
  readonly client?: readonly string[];
  /** Where `exp` must be, and `iss` is. AWS puts them into the token's header. */
  readonly metadata: 'payload' | 'header';
  /** Its base64url may have padding, and the padding is signed. */
  readonly padded?: boolean;
  /** Which claims hold what. */
  readonly claims: ClaimNames;
  /** Tells why a verified token is no person's, such as a service token; undefined for a person's. */
  readonly refuses?: (claims: Claims) => string | undefined;
  /** How long a token may be good for. */
  readonly maxLifetimeSeconds: number;
  /** How far the clocks may differ. */
  readonly skewSeconds: number;
  /** What an empty key set means at this provider. */
  readonly emptyKeySet?: string;
}
