import { visible } from './visible.js';

/**
 * Tells the person at the command line what cannot be used, in one message without a stack.
 *
 * What it quotes of a file, a request or an option cannot start a line or reach the terminal as an escape sequence.
 *
 * A plain `Error` with a name of its own, since {@link isCliError} must hold across copies of this package.
 */
export function cliError(message: string): Error {
  const error = new Error(visible(message));
  error.name = 'CliError';
  return error;
}

/** Tells whether an error is meant for the person at the command line. */
export function isCliError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'CliError';
}
