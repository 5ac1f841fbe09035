import { describe, it } from '@jest/globals';
import { defineLoginConformance } from '@trusted-header/conformance';
import { fastifySecureSessionTarget, fastifySessionTarget } from './login-targets.js';

defineLoginConformance(fastifySessionTarget, { describe, it });
defineLoginConformance(fastifySecureSessionTarget, { describe, it });
