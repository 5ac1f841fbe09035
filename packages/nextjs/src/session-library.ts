import type { SessionLibrary } from '@trusted-header/login';
import type { NextCookies } from './next-cookies.js';

/**
 * How `signIn` uses a session library, and how the application gets to its data in it. `ironSession` is one; write one of your own
 * for a session whose data are in a database and whose id is in a cookie.
 */
export interface NextSessionLibrary<Data extends object = object>
  extends SessionLibrary<NextCookies> {
  /** Gives the application's data of this session, whoever it belongs to: {@link signIn} asks whose it is. */
  open?(cookies: NextCookies): Promise<SessionData<Data>>;
}

/** What an application keeps in the session: to be read and changed, then saved. */
export type SessionData<Data extends object> = Partial<Data> & {
  /** Throws in server components, where Next cannot set a cookie. */
  readonly save: () => Promise<void>;
};
