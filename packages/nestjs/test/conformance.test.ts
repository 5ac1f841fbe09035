import { afterAll, describe, it } from '@jest/globals';
import { defineConformance } from '@trusted-header/conformance';
import { expressTarget, fastifyTarget } from './conformance-target.js';

defineConformance(expressTarget, { describe, it, afterAll });
defineConformance(fastifyTarget, { describe, it, afterAll });
