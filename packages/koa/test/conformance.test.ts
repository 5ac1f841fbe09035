import { afterAll, describe, it } from '@jest/globals';
import { defineConformance } from '@trusted-header/conformance';
import { koaTarget } from './conformance-target.js';

defineConformance(koaTarget, { describe, it, afterAll });
