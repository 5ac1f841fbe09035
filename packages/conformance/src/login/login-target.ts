import type { Server } from 'node:http';
import type { AdmissionOptions, AuthenticatorOptions } from '@trusted-header/core';
import type { SignInOptions } from '@trusted-header/login';

/** A session library under an adapter's `signIn`: how to make the application that the login cases talk to. */
export interface LoginTarget {
  /** The library, as its row in the matrix is called: `express-session`. */
  readonly name: string;
  /**
   * The cookie is the session, and nothing is kept at the server: an old cookie holds what it held. The cases then expect what
   * is true there, and the matrix says so.
   */
  readonly stateless?: boolean;
  /**
   * Makes a server, not yet listening: `trustedHeader(setup.options)`, the library's middleware, `signIn({ ...setup.signIn,
   * session, otherLogin: (request) => setup.hasOtherLogin(…) })`, and these routes, any method:
   *
   * - `/admin`: behind `requireRole('admin')`
   * - `/mine`: behind `requireUser()`
   * - every other path
   *
   * Every handler answers with `setup.answer(…)`, as JSON.
   */
  readonly createServer: (setup: LoginSetup) => Server | Promise<Server>;
}

/** What a login target builds its application from. */
export interface LoginSetup {
  readonly options: AuthenticatorOptions & AdmissionOptions<unknown>;
  readonly signIn: SignInOptions<LoginUser, LoginRole>;
  /** Tells whether a password login has signed somebody in. @param get Reads from the session. */
  readonly hasOtherLogin: (get: (key: string) => unknown) => Promise<boolean>;
  /** Does what the request asks for, and gives what a handler can see then. */
  readonly answer: (visit: Visit) => Promise<Sight>;
}

export interface LoginUser {
  readonly name: string;
}

export type LoginRole = 'admin' | 'viewer';

/** A request as a handler of the target has it. */
export interface Visit {
  /** Method and target, as they came: `POST /note?milk`. */
  readonly request: string;
  /** Whom the adapter gives, at this moment. */
  readonly user: () => unknown;
  /** Reads from the session, as applications do with this library. */
  readonly get: (key: string) => unknown;
  /** Stores a JSON value in it. */
  readonly set: (key: string, value: unknown) => unknown;
  /** Ends the session without `signOut`, as applications do with this library. */
  readonly endSession: () => unknown;
  readonly signOut: () => Promise<void>;
  readonly signInAgain: () => Promise<unknown>;
}

/** What a handler sees of whoever is there. */
export interface Sight {
  /** The application's user; null where nobody is signed in. */
  readonly user: string | null;
  /** What somebody has noted in the session before. */
  readonly note: string | null;
  /** Whom a password login has signed in. */
  readonly password: string | null;
}
