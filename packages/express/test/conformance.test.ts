import { afterAll, describe, it } from '@jest/globals';
import { defineConformance } from '@trusted-header/conformance';
import { express4Target, express5Target } from './conformance-target.js';

defineConformance(express5Target, { describe, it, afterAll });
defineConformance(express4Target, { describe, it, afterAll });
