import { afterAll, describe, it, jest } from '@jest/globals';
import { defineLoginConformance } from '@trusted-header/conformance';
import { findRegistry } from '../src/registry.js';
import { ironSessionTarget } from './login-targets.js';

// A client that hangs up takes its decision with it, and the operator is told so, once.
jest.spyOn(console, 'error').mockReturnValue();

defineLoginConformance(ironSessionTarget, { describe, it });

afterAll(async () => findRegistry()?.stop());
