/**
 * Reads an env file as compose does: `NAME=value`, `export NAME=value`, quotes round a value, ` #` for a comment.
 *
 * A name alone stands for the environment's value, and is left to the caller as undefined.
 */
export function parseEnvFile(text: string): ReadonlyMap<string, string | undefined> {
  return new Map(
    text.split(/\r?\n/).flatMap((line): [string, string | undefined][] => {
      const [, name, sign, value = ''] =
        /^\s*(?:export\s+)?([\w.-]+)\s*(=)?\s*(.*?)\s*$/.exec(line.replace(/^\ufeff/, '')) ?? [];
      if (name === undefined) return [];
      return [[name, sign === undefined ? undefined : unquoted(value)]];
    }),
  );
}

function unquoted(value: string): string {
  const [, , inner] = /^(["'])(.*?)\1(?:\s+#.*)?$/.exec(value) ?? [];
  return inner ?? value.replace(/(?:^|\s+)#.*$/, '');
}
