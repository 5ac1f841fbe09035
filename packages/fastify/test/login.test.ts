import { describe, it } from '@jest/globals';
import { defineLoginConformance } from '@trusted-header/conformance';
import { loginTargets, otherTargets } from './login-targets.js';

for (const target of [...loginTargets, ...otherTargets]) {
  defineLoginConformance(target, { describe, it });
}
