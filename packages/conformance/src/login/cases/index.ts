import type { LoginCase, LoginGroup } from '../login-case.js';
import { beginning } from './beginning.js';
import { clearing } from './clearing.js';
import { neverBelieved } from './never-believed.js';
import { openPaths } from './open-paths.js';
import { otherLogin } from './other-login.js';
import { replays } from './replayed.js';
import { rotation } from './rotation.js';
import { signOut } from './sign-out.js';

/** All cases of the login, in the order in which they run. */
export const loginGroups: readonly LoginGroup[] = [
  beginning,
  rotation,
  clearing,
  replays,
  otherLogin,
  openPaths,
  signOut,
  neverBelieved,
];

/** All cases of the login, in one list. */
export const loginCases: readonly LoginCase[] = loginGroups.flatMap(({ cases }) => cases);
