// What conformance tests take from jest, which takes longer to load their files than they take to run.
import { ModuleMocker } from 'jest-mock';

export { afterAll, describe, it, runSuite } from '../../../scripts/runtimes/suite.mjs';

export const jest = new ModuleMocker(globalThis);

// A bug may throw where nobody waits: its case tells what the client has seen. But a name that does not exist is no bug of a kind: it
// is a replacement that does not fit its file.
process.on('uncaughtException', (error) => {
  if (error instanceof ReferenceError) throw error;
});
