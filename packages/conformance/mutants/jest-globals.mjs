// What conformance tests take from jest, which takes longer to load their files than they take to run.
import { ModuleMocker } from 'jest-mock';

export { afterAll, describe, it, runSuite } from '../../../scripts/runtimes/suite.mjs';

export const jest = new ModuleMocker(globalThis);
