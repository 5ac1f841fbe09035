import { ConfigError } from '@trusted-header/core';
import { Command, CommanderError } from 'commander';
import { isCliError } from '../cli-error.js';
import { auditCommand } from './audit-command.js';
import { checkCommand } from './check-command.js';
import { explainCommand } from './explain-command.js';
import type { Io } from './io.js';
import { lineIo, linesOf, styled } from './lines.js';
import { probeCommand } from './probe-command.js';
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
  const lines = lineIo(io);
  const program = new Command('npx @trusted-header/cli')
    .description(
      'Explains, audits, configures and probes trusted-header SSO behind a reverse proxy.',
    )
    .addCommand(checkCommand(lines, finish))
    .addCommand(auditCommand(lines, finish))
    .addCommand(explainCommand(lines))
    .addCommand(proxyConfigCommand(lines))
    .addCommand(probeCommand(lines, finish));
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => {
        lines.print(linesOf(text));
      },
      writeErr: (text) => {
        lines.note(linesOf(text));
      },
      // One line, whatever stands in an argument; a suggestion comes behind it.
      outputError: (text) => {
        lines.note([text.trimEnd().replace(/\n(?=\(Did you mean [^\n]*$)/, ' ')]);
      },
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  }
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    if (!isCliError(error) && !(error instanceof ConfigError)) throw error;
    lines.note(linesOf(error.message).map((line) => [styled('red', line)]));
    return USAGE;
  }
}
