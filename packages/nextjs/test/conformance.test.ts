import { afterAll, describe, it, jest } from '@jest/globals';
import { defineConformance } from '@trusted-header/conformance';
import { findRegistry } from '../src/registry.js';
import { nextTarget } from './conformance-target.js';

// A client that hangs up takes its decision with it, and the operator is told so, once.
jest.spyOn(console, 'error').mockReturnValue();

defineConformance(nextTarget, { describe, it, afterAll });

afterAll(async () => findRegistry()?.stop());
