import { describe, it } from '@jest/globals';
import { defineLoginConformance } from '@trusted-header/conformance';
import { expressTarget, fastifyTarget } from './login-targets.js';

defineLoginConformance(expressTarget, { describe, it });
defineLoginConformance(fastifyTarget, { describe, it });
