import { BYPASS_PREFIX } from '../portal/settings.js';
import { OPEN_PREFIX } from '../world/constants.js';

/** What the portal asks for, what it lets everybody see, and what the proxy does not ask about. */
export const PROBE_PATHS: readonly string[] = ['/', BYPASS_PREFIX, `${OPEN_PREFIX}/probe`];

/** Where the portal is asked. */
export const ASKED_PATHS: readonly string[] = ['/', BYPASS_PREFIX];
