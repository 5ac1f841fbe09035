import type { Server } from 'node:http';
import type {
  AdmissionOptions,
  AnyAuthenticator,
  AuthenticatorOptions,
  Policy,
} from '@trusted-header/core';
import type { AnsweredAs } from './case.js';

/** An adapter under test: how to make the application that the cases talk to. */
export interface ConformanceTarget {
  /** The package's name. */
  readonly name: string;
  /**
   * Makes a server, not yet listening, with the framework's own trust-proxy setting ON and these routes:
   *
   * - `/whoami`, any method, and every path that is not named here: behind `trustedHeader(setup.options)`
   * - `/admin`: behind that and `requireIdentity(setup.adminPolicy)`
   * - `/public`: behind `trustedHeader({ ...setup.options, anonymous: 'allow' })`
   * - `/public/admin`: behind that and `requireIdentity(setup.adminPolicy)`
   * - `/unguarded`: behind `requireIdentity()` and no `trustedHeader`
   *
   * Every handler reads its body and answers with `setup.observe(…)`, as JSON.
   *
   * With {@link upgrades} also `/socket`: a WebSocket for whom `trustedHeader(setup.options)` lets in, which calls
   * `setup.observe(…)` once it is open.
   */
  readonly createServer: (setup: TargetSetup) => Server | Promise<Server>;
  /** The framework has WebSockets, or shows how to protect them. Without it, cases that open one must fail. */
  readonly upgrades?: boolean;
  /**
   * The target stands in front of its server where `setup.door` is true: by itself, or by one call of `guardServer`. Without
   * it, cases with witnesses must fail.
   */
  readonly door?: boolean;
  /** Cases that cannot pass on this framework: id and reason. They must fail, or the run is red. */
  readonly expectedFailures?: Readonly<Record<string, string>>;
}

/** What a target hands to `trustedHeader`: options, or a ready authenticator, which may have a proof to ask for first. */
export type TargetOptions = AdmissionOptions<unknown> &
  (AuthenticatorOptions | { readonly authenticator: AnyAuthenticator });

/** What a target builds its application from. */
export interface TargetSetup {
  readonly options: TargetOptions;
  /**
   * What the `onRefusal` of every `trustedHeader` is to do, with `answerAs`; without it there is none. What is refused by
   * `requireIdentity` behind it is answered so as well.
   */
  readonly onRefusal: AnsweredAs | undefined;
  readonly adminPolicy: Policy;
  /** Install a middleware before the adapter that reads every header in every way. */
  readonly earlyReader: boolean;
  /**
   * Others will listen at the server: stand in front of it, with one authenticator for all, and open no `/socket`.
   */
  readonly door: boolean;
  readonly observe: Observe;
}

/** Looks twice, with a short wait between, and gives the JSON text that the handler answers with. */
export type Observe = (look: () => Sighting, body?: string) => Promise<string>;

/** What a handler can see. */
export interface Sighting {
  /** As the adapter gives it. */
  readonly decision: unknown;
  readonly identity: unknown;
  /**
   * Every way that the framework has to read raw headers, by name: an object, pairs, a flat list like `rawHeaders`.
   * Each must be a way that works: the runner looks for a harmless header in it. A name with `trailer` in it is a
   * way to read trailers.
   */
  readonly readable: Readonly<Record<string, unknown>>;
}
