import { cliError } from '../cli-error.js';
import { isRecord, textOf } from '../json.js';
import { asBytes, readField, readLine } from './header-lines.js';

/**
 * Reads the header lines of the last request out of what `curl -v` prints, or of a HAR file (a browser's network tab).
 *
 * Both show what the *client* sent; what a proxy made of it is only in a dump that was taken at the application.
 *
 * @param bytes The file, one character per byte, so that header bytes stay what they are.
 * @throws CliError where there is no request in it.
 */
export function readDump(source: string, bytes: string): string[] {
  return /^[ \t\r\n]*\{/.test(bytes) ? readHar(source, bytes) : readCurl(source, bytes);
}

/** Method (a token), target (any bytes but SP: curl sends what it was given), version. */
const REQUEST_LINE = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+ [^ ]+ HTTP\/\d(?:\.\d)?$/;

function readCurl(source: string, bytes: string): string[] {
  // No line is trimmed: what is in front of a name, or behind a value, is for the header's own rules.
  const sent = bytes
    .split(/\r?\n|\r$/)
    .filter((line) => line.startsWith('>'))
    .map((line) => line.replace(/^> ?/, ''));
  const start = sent.reduce((last, line, i) => (REQUEST_LINE.test(line) ? i : last), -1);
  if (start < 0) {
    throw cliError(
      `--from: ${source} holds no request; save what "curl -v" prints (2>dump), or a HAR file`,
    );
  }
  const lines = sent.slice(start + 1);
  const end = lines.indexOf('');
  return (end < 0 ? lines : lines.slice(0, end)).flatMap((line) => readLine('--from', line));
}

function readHar(source: string, bytes: string): string[] {
  const entries = entriesOf(parse(source, bytes));
  const last = entries.at(-1);
  const headers =
    isRecord(last) && isRecord(last['request']) ? last['request']['headers'] : undefined;
  if (!Array.isArray(headers)) {
    throw cliError(`--from: ${source} is JSON, but no HAR file with a request in it`);
  }
  return headers.flatMap((header: unknown) => {
    const name = isRecord(header) ? textOf(header['name']) : undefined;
    if (!isRecord(header) || name === undefined || name.startsWith(':')) return [];
    return readField('--from', asBytes(name), asBytes(textOf(header['value']) ?? ''));
  });
}

function entriesOf(har: unknown): readonly unknown[] {
  const log = isRecord(har) ? har['log'] : undefined;
  const entries = isRecord(log) ? log['entries'] : undefined;
  return Array.isArray(entries) ? entries : [];
}

function parse(source: string, bytes: string): unknown {
  try {
    return JSON.parse(Buffer.from(bytes, 'latin1').toString('utf8'));
  } catch (error) {
    throw cliError(`--from: ${source} looks like JSON and is not (${String(error)})`);
  }
}
