#!/usr/bin/env node
import { main } from './cli/main.js';
import { processIo } from './cli/process-io.js';

// `| head -1` closes its end: what nobody reads is not printed, and the exit code is what it would be.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  // A full disk is no finding, which is what 1 says.
  process.stderr.write(`standard output cannot be written (${error.code})\n`);
  process.exit(2);
});
try {
  process.exitCode = await main(process.argv, processIo());
} catch (error) {
  // A fault of ours is no finding either.
  console.error(error);
  process.exitCode = 2;
}
