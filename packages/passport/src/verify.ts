import type { Identity } from '@trusted-header/core';

/** Tells Passport who that is: `done(null, user)`; `done(null, false)` for nobody of the application's; `done(error)`. */
export type Done<User> = (error: unknown, user?: User | false | null, info?: object) => void;

/** Finds or creates the application's user. */
export type Verify<User> = (identity: Identity, done: Done<User>) => unknown;

/** The same, with Passport's request. */
export type VerifyWithRequest<Request, User> = (
  req: Request,
  identity: Identity,
  done: Done<User>,
) => unknown;

export interface Verified<User> {
  readonly user: User | undefined;
  readonly info: object | undefined;
}

/** Waits for what `verify` calls `done` with. An `async` one that throws has not called it: that is an error as well. */
export function verified<User>(verify: (done: Done<User>) => unknown): Promise<Verified<User>> {
  return new Promise((resolve, reject) => {
    const done: Done<User> = (error, user, info) => {
      if (error) reject(error);
      else resolve({ user: user || undefined, info });
    };
    Promise.resolve(verify(done)).catch(reject);
  });
}
