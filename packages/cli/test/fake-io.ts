import type { Io } from '../src/cli/io.js';
import { main } from '../src/cli/main.js';
import { cliError } from '../src/cli-error.js';

/** What a command line printed, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** What was written to files. */
  readonly written: Readonly<Record<string, string>>;
}

/** Runs a command line without a process. `files` holds texts (in UTF-8) or bytes; `-` is what is piped in. */
export async function runCli(
  args: readonly string[],
  {
    env = {},
    files = {},
    isColourful = false,
    rounds = 0,
  }: {
    env?: Io['env'];
    files?: Readonly<Record<string, string | Buffer>>;
    isColourful?: boolean;
    /** How often somebody who waits goes on. */
    rounds?: number;
  } = {},
): Promise<Ran> {
  let out = '';
  let err = '';
  let left = rounds;
  const written: Record<string, string> = {};
  const code = await main(['node', 'trusted-header', ...args], {
    env,
    isColourful,
    isInputTerminal: files['-'] === undefined,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    read: async (source) => {
      const text = files[source];
      if (text === undefined) throw cliError(`${source} cannot be read`);
      return Buffer.from(text).toString('latin1');
    },
    write: async (file, text) => {
      if (file.startsWith('gone/')) throw cliError(`${file} cannot be written`);
      written[file] = text;
    },
    pause: async () => left-- > 0,
  });
  return { code, out, err, written };
}
