import { ConfigError } from '@trusted-header/core';
import { Command, CommanderError } from 'commander';
import picocolors from 'picocolors';
import { isCliError } from '../cli-error.js';
import { auditCommand } from './audit-command.js';
import { checkCommand } from './check-command.js';
import type { Io } from './io.js';
import { proxyConfigCommand } from './proxy-config-command.js';

/** How the shell is told about bad usage. */
const USAGE = 2;

/**
 * Runs a command line, and gives the exit code: 0 fine, 1 what the command looks for was found, 2 bad usage.
 *
 * Errors are one clear message, without a stack.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let code = 0;
  const finish = (result: number): void => {
    code = result;
  };
  const program = new Command('trusted-header')
    .description('Explains, audits and configures trusted-header SSO behind a reverse proxy.')
    .addCommand(checkCommand(io, finish))
    .addCommand(auditCommand(io, finish))
    .addCommand(proxyConfigCommand(io));
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHasColors: () => io.isColourful,
      getErrHasColors: () => io.isColourful,
    });
  }
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    if (!isCliError(error) && !(error instanceof ConfigError)) throw error;
    io.err(`${picocolors.createColors(io.isColourful).red(error.message)}\n`);
    return USAGE;
  }
}
