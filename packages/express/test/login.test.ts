import { describe, it } from '@jest/globals';
import { defineLoginConformance } from '@trusted-header/conformance';
import { expressSessionTarget, ironSessionTarget } from './login-targets.js';

defineLoginConformance(expressSessionTarget, { describe, it });
defineLoginConformance(ironSessionTarget, { describe, it });
