import { bad } from '../proxy-config/check-values.js';

/**
 * Reads header lines as curl's `-H` takes them: `Name: value`, or `Name;` for an empty value.
 *
 * The text of an argument is Unicode; Node hands the bytes of a header over as Latin-1, so that is what comes out.
 *
 * @throws CliError that names the line.
 */
export function readHeaderOptions(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const [, name, value = ''] = /^([^\s:;]+)(?:;|:(.*))$/s.exec(line) ?? [];
    if (name === undefined || /[\r\n\0]/.test(line)) {
      throw bad(
        '--header',
        line,
        'is not a header',
        "write 'Remote-User: john', or 'Remote-User;' for an empty one",
      );
    }
    return [name, asBytes(value.trim())];
  });
}

/** The bytes of a text in UTF-8, one character each: what Node makes of them. */
export function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
