import { cliError } from '../cli-error.js';
import { isRecord, textOf } from '../json.js';
import { asBytes } from './header-lines.js';

/**
 * Reads the header lines of the last request out of what `curl -v` prints, or of a HAR file (a browser's network tab).
 *
 * Both show what the *client* sent; what a proxy made of it is only in a dump that was taken at the application.
 *
 * @param bytes The file, one character per byte, so that header bytes stay what they are.
 * @throws CliError where there is no request in it.
 */
export function readDump(source: string, bytes: string): string[] {
  return bytes.trimStart().startsWith('{') ? readHar(source, bytes) : readCurl(source, bytes);
}

function readCurl(source: string, bytes: string): string[] {
  const sent = bytes
    .split(/\r?\n/)
    .filter((line) => line.startsWith('>'))
    .map((line) => line.slice(1).trim());
  const start = sent.reduce(
    (last, line, i) => (/^[A-Z]+ \S+ HTTP\/[\d.]+$/.test(line) ? i : last),
    -1,
  );
  if (start < 0) {
    throw cliError(
      `--from: ${source} holds no request; save what "curl -v" prints (2>dump), or a HAR file`,
    );
  }
  return sent.slice(start + 1).flatMap((line) => {
    const colon = line.indexOf(':');
    return colon > 0 ? [line.slice(0, colon), line.slice(colon + 1).trim()] : [];
  });
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
    return [name, asBytes(textOf(header['value']) ?? '')];
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
