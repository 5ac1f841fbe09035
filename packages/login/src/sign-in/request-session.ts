import type { SessionBinding } from '../session/binding.js';
import type { SignInHold } from '../session/hold.js';
import type { MaybePromise } from '../users/create-user-resolver.js';

/** The session of one request, as a session library has it. What throws here is a 503. */
export interface RequestSession {
  /** Gives what `start` has stored, or undefined. Nothing is believed that comes from here. */
  read(): MaybePromise<unknown>;
  /** Begins a session: a new id where the library can, **no data of whoever was there before**, then the binding. */
  start(binding: SessionBinding): MaybePromise<void>;
  /** Ends the session, and clears its data also where the library keeps it. */
  end(): MaybePromise<void>;
  /** Gives what `hold` has stored. Without both, the next request after a sign-out signs in again. */
  readHold?(): MaybePromise<unknown>;
  /** Stores a hold where the end of the session does not reach it, or, with undefined, removes it. */
  hold?(hold: SignInHold | undefined): MaybePromise<void>;
}
