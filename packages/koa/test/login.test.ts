import { describe, it } from '@jest/globals';
import { defineLoginConformance } from '@trusted-header/conformance';
import { koaSessionCookieTarget, koaSessionStoreTarget } from './login-targets.js';

defineLoginConformance(koaSessionStoreTarget, { describe, it });
defineLoginConformance(koaSessionCookieTarget, { describe, it });
