import { afterAll, describe, it } from '@jest/globals';
import { defineConformance } from '@trusted-header/conformance';
import { __camel__Target } from './conformance-target.js';

defineConformance(__camel__Target, { describe, it, afterAll });
