import { readFile, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { cliError } from '../cli-error.js';
import type { Io } from './io.js';

/** The process that runs. */
export function processIo(): Io {
  const { env, stdin, stdout, stderr } = process;
  return {
    env,
    isColourful: Boolean(stdout.isTTY) && !env['NO_COLOR'],
    isInputTerminal: Boolean(stdin.isTTY),
    out: (line) => {
      stdout.write(line);
    },
    err: (line) => {
      stderr.write(line);
    },
    read: (source) => (source === '-' ? text(stdin.setEncoding('latin1')) : readSource(source)),
    write: writeText,
    pause: (milliseconds) => pause(milliseconds, true),
  };
}

async function readSource(file: string): Promise<string> {
  try {
    return await readFile(file, 'latin1');
  } catch {
    throw cliError(`${JSON.stringify(file)} cannot be read; name a file, or - for standard input`);
  }
}

async function writeText(file: string, contents: string): Promise<void> {
  try {
    await writeFile(file, contents);
  } catch {
    throw cliError(`${JSON.stringify(file)} cannot be written; is there such a folder?`);
  }
}
