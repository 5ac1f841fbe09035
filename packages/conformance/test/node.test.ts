import { afterAll, describe, it } from '@jest/globals';
import { defineConformance } from '@trusted-header/conformance';
import { nodeTarget } from './node-target.js';

defineConformance(nodeTarget, { describe, it, afterAll });
