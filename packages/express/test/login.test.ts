import { describe, it } from '@jest/globals';
import { defineLoginConformance } from '@trusted-header/conformance';
import { expressSessionTarget } from './login-targets.js';

defineLoginConformance(expressSessionTarget, { describe, it });
