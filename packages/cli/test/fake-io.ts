import type { Io } from '../src/cli/io.js';
import { main } from '../src/cli/main.js';
import { cliError } from '../src/cli-error.js';

/** What a command line printed, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line without a process. `files` holds texts (in UTF-8) or bytes; `-` is what is piped in. */
export async function runCli(
  args: readonly string[],
  {
    env = {},
    files = {},
    isColourful = false,
  }: {
    env?: Io['env'];
    files?: Readonly<Record<string, string | Buffer>>;
    isColourful?: boolean;
  } = {},
): Promise<Ran> {
  let out = '';
  let err = '';
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
  });
  return { code, out, err };
}
