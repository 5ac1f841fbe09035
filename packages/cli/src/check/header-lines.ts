import { trimOws } from '@trusted-header/core';
import { bad } from '../proxy-config/check-values.js';
import { asBytes, asText } from './bytes.js';

/** A token (RFC 9110 section 5.6.2). */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** What may be in a value (RFC 9110 section 5.5): every byte but control characters, and HTAB of these. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Reads header lines as curl's `-H` takes them: `Name: value`, or `Name;` for an empty value.
 *
 * The text of an argument is Unicode; Node hands the bytes of a header over as Latin-1, so that is what comes out.
 * Refuses U+FFFD, which is what an argument that is no UTF-8 has become before anybody could read it.
 *
 * @throws CliError that names the line.
 */
export function readHeaderOptions(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    if (line.includes('\ufffd')) {
      throw bad(
        '--header',
        line,
        'is not a header in UTF-8',
        'write its bytes into a file, as curl -v prints them, and use --from',
      );
    }
    const empty = /^([^:;]+);$/.exec(line)?.[1];
    return empty === undefined
      ? readLine('--header', asBytes(line))
      : readField('--header', asBytes(empty), '', asBytes(line));
  });
}

/**
 * Reads one header line as Node's parser does: SP and HTAB round the value go, nothing else does (H12).
 *
 * Refuses what Node answers with 400 before an application sees it: white space in front of the colon, folded lines,
 * names that are no token, control characters.
 *
 * @param line One character per byte, without its line end.
 * @throws CliError that names the line.
 */
export function readLine(option: string, line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  return readField(option, line.slice(0, Math.max(colon, 0)), line.slice(colon + 1), line);
}

/** Reads a header that is already in two parts, by the rules of {@link readLine}. @throws CliError */
export function readField(
  option: string,
  name: string,
  value: string,
  line = `${name}: ${value}`,
): [name: string, value: string] {
  if (NAME.test(name) && VALUE.test(value)) return [name, trimOws(value)];
  throw bad(
    option,
    asText(line),
    'is not a header that a server lets through: it answers 400, and no application sees the request',
    "write 'Remote-User: john', or 'Remote-User;' for an empty one",
  );
}
