import { describe, it } from '@jest/globals';
import { defineLoginConformance } from '@trusted-header/conformance';
import { loginTargets } from './login-targets.js';

for (const target of loginTargets) defineLoginConformance(target, { describe, it });
