import { afterAll, describe, it } from '@jest/globals';
import { defineConformance } from '@trusted-header/conformance';
import { fastifyTarget } from './conformance-target.js';

defineConformance(fastifyTarget, { describe, it, afterAll });
