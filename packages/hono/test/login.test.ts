import { describe, it } from '@jest/globals';
import { defineLoginConformance } from '@trusted-header/conformance';
import {
  honoSessionCookieTarget,
  honoSessionStorageTarget,
  honoSessionsCookieTarget,
  honoSessionsMemoryTarget,
} from './login-targets.js';

defineLoginConformance(honoSessionsMemoryTarget, { describe, it });
defineLoginConformance(honoSessionsCookieTarget, { describe, it });
defineLoginConformance(honoSessionStorageTarget, { describe, it });
defineLoginConformance(honoSessionCookieTarget, { describe, it });
