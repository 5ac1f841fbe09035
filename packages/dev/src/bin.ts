#!/usr/bin/env node
import { main } from './cli/main.js';

// `| head -1` closes its end, and that is no fault: it ends as any program in a pipe does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
process.exitCode = await main(process.argv);
