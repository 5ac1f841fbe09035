import type { ClientCertificateOptions } from '../certificate/compile-certificate-rule.js';
import type { Decision, RequestFacts } from '../decision.js';
import type { Limits } from '../identity/limits.js';
import type { HeaderProfile } from '../profiles/header-profile.js';
import type { ProfileId } from '../profiles/known-profiles.js';
import type { TrustedProxies } from '../trust/trusted-proxies.js';
import type { Listeners } from './decision-event.js';
import type { ProofChanges, SharedSecretOptions } from './proof-options.js';

/** Identity values that a deployment may insist on. */
export type RequiredValue = 'groups' | 'name' | 'email';

/** A profile or the id of a known one, or several. */
export type ProfileOption = HeaderProfile | ProfileId | readonly (HeaderProfile | ProfileId)[];

/** What {@link createAuthenticator} takes. Only `trustedProxies` has no default. */
export interface AuthenticatorOptions<Request = unknown> {
  /**
   * Addresses (`172.20.0.2`), blocks (`10.1.2.0/24`), listener sockets (`unix:/run/app.sock`) or names (`loopback`,
   * `linklocal`, `uniquelocal`), as a list or one comma or space separated string. Whoever can open a connection from
   * one of these can be any user: name the proxy, not its network.
   *
   * Lists that live: `dns:traefik`, `file:/etc/app/trusted-proxies` and `https://host/path` stand for what they name at the time.
   * Adapters for Node look them up; until there is an answer, they stand for nobody.
   */
  readonly trustedProxies: TrustedProxies | undefined;
  /**
   * Header login may be off: with `trustedProxies` undefined, `''` or `[]`, which is an error otherwise. Then every request is
   * nobody's, whatever it claims, and identity headers are stripped all the same. Adapters let nobody pass while it is off,
   * unless `anonymous` says otherwise: an application that nothing else protects is open to everybody then. Default `false`.
   */
  readonly optional?: boolean;
  /**
   * Which headers carry the user: a profile, the id of a known one, or several, of which one may claim. It must be the
   * proxy's: headers of another profile pass through a proxy as a client wrote them. Default: Authelia's.
   */
  readonly profile?: ProfileOption;
  /** Values without which a claim is refused (`header-missing`). Default: none. */
  readonly required?: readonly RequiredValue[];
  /** A claim from an untrusted peer: `refuse` it (default), or `ignore` its headers and go on as anonymous. */
  readonly untrusted?: 'refuse' | 'ignore';
  readonly limits?: Partial<Limits>;
  /**
   * A secret that the proxy sends with each request, and deletes from what clients send: a proof beside the address, for where
   * the address does not tell the proxy from its neighbours (T6). Without it a claim from a trusted address is refused.
   */
  readonly sharedSecret?: SharedSecretOptions;
  /** The certificate that the proxy connects with: another such proof (T6). Both are asked for where both are given. */
  readonly clientCertificate?: ClientCertificateOptions;
  /**
   * Two users in one request, one of them under the header of a profile that is not configured: `refuse` it
   * (default), since most likely the profile is not the proxy's, and the user a client's; or `ignore` the other, in a chain
   * of proxies in which each deletes what a client sends under the configured headers.
   */
  readonly otherProfiles?: 'refuse' | 'ignore';
  /**
   * Called with every decision, policy's denial and login, in the request's own turn. What it throws or rejects with is swallowed.
   * Pick what you keep: `event.request` is the framework's own, with all that the client wrote.
   */
  readonly onDecision?: Listeners<Request>['onDecision'];
  /**
   * Gets one line per refusal, rate-limited per reason and peer, and lines about the set-up, at start, which have no event.
   * Default: the framework's own logger, where it has one, else `console.warn`; `false` turns it off.
   */
  readonly log?: Listeners<Request>['log'] | false;
  /**
   * Names the user in the lines of denied and of malformed claims that come from a trusted peer: of a denied one as the
   * decision does; of a malformed one the text of the user's header as it came, which may be anything that somebody got past
   * the proxy, such as a password or a token in the wrong field. Quoted, escaped and cut to 64 characters, so that it writes no line of
   * its own. The log then holds personal data: keep and show it accordingly. Default `false`: no line names a user.
   */
  readonly logUsers?: boolean;
}

/** The decision, compiled: made once at start, asked for every request. */
export interface Authenticator {
  /** Tells who is asking. Total: never throws and never changes its argument, whatever the request. */
  authenticate(facts: RequestFacts): Decision;
  /** Tells whether a header name is a configured one or an alias of one: what adapters strip and apps must never forward. */
  isIdentityHeader(name: string): boolean;
  /**
   * Replaces the list, compiled first: on `ConfigError` the old list stays in force. Where header login is `optional`, an empty
   * list (or undefined) switches it off, and another one on again.
   */
  setTrustedProxies(trustedProxies: TrustedProxies | undefined): void;
  /**
   * Replaces the values of the shared secret, or the list of certificates, compiled first: on `ConfigError` the old ones stay in
   * force. Only what the options have asked for can be replaced: no proof can be switched on or off so.
   */
  setProofs(proofs: ProofChanges): void;
}

/**
 * An authenticator with a proof that has to be asked for (`withProof`): of a server's keys, of a local daemon. Adapters take it
 * like any other.
 */
export interface AsyncAuthenticator extends Omit<Authenticator, 'authenticate'> {
  /** Tells who is asking. Total: never throws or rejects, whatever the request. */
  authenticate(facts: RequestFacts): Promise<Decision>;
}

/** What adapters take: one that decides at once, or one that has to ask first. */
export type AnyAuthenticator = Authenticator | AsyncAuthenticator;
