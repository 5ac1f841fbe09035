import { cliError } from '../cli-error.js';
import type { Dump, DumpOptions } from './dump.js';
import { readLine } from './header-lines.js';
import { answerDump, lastMessage, REQUEST_LINE, STATUS_LINE } from './message.js';
import { identityLines } from './profile-headers.js';
import { readJson } from './read-json.js';
import { readLog } from './read-log.js';
import { readWhoami } from './read-whoami.js';

/** Authelia's log as JSON: these are among the first fields of a line. */
const JSON_LOG = /^\s*\{[^{}]*"(?:level|msg)":/;

/** A name (a token) and a colon: no log line begins so. */
const HEADER_LINE = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+:/;

const CLIENT = 'what the client sent, not what a proxy made of it';

/**
 * Reads the header lines of the last request out of whoami's page, of what `curl -v` prints, or of a HAR file (a
 * browser's network tab); or what log lines of nginx and Authelia say.
 *
 * whoami's page shows what reached the application. `curl -v` and HAR files show what the *client* sent, and what it was
 * answered: an authorization server's answer is read where the request claims nobody, or where it is asked for.
 *
 * @param bytes The file, one character per byte, so that header bytes stay what they are.
 * @throws CliError where there is nothing of it in the file.
 */
export function readDump(source: string, bytes: string, options: DumpOptions): Dump {
  if (/^[ \t\r\n]*\{/.test(bytes) && !JSON_LOG.test(bytes)) {
    return readJson(source, bytes, options);
  }
  const lines = bytes.split(/\r?\n|\r$/);
  const dump =
    readWhoami(lines) ??
    readCurl(source, lines, options) ??
    readLog(lines, options) ??
    readPlain(lines);
  if (dump) return dump;
  throw cliError(
    `--from: ${source} holds no request; save what "curl -v" prints (2>dump), whoami’s page, a HAR file, header lines, or log lines of nginx or Authelia`,
  );
}

function readCurl(
  source: string,
  lines: readonly string[],
  options: DumpOptions,
): Dump | undefined {
  const { profile, answer } = options;
  const isPlain = !lines.some((line) => /^[<>]/.test(line));
  const sent = lastMessage(isPlain ? lines : marked(lines, '>'), REQUEST_LINE);
  const answered = lastMessage(isPlain ? lines : marked(lines, '<'), STATUS_LINE);
  const request = sent?.lines.flatMap((line) => readLine('--from', line));
  const isAnswer =
    answer ?? (answered !== undefined && identityLines(profile, request ?? []).length === 0);
  if (isAnswer) {
    if (!answered) {
      throw cliError(`--answer: ${source} holds no answer; save what "curl -v" prints (2>dump)`);
    }
    const rawHeaders = answered.lines.flatMap((line) => readLine('--from', line));
    const copied = answerDump(answered.start, rawHeaders, profile);
    if (answer || request === undefined || copied.rawHeaders?.length) return copied;
  }
  if (request === undefined) return undefined;
  return { rawHeaders: request, read: isPlain ? 'a request as it stands there' : CLIENT };
}

/** Header lines and nothing else, as they are cut out of a page or a dump, with or without its `> `. */
function readPlain(lines: readonly string[]): Dump | undefined {
  const some = lines.filter((line) => /[^ \t]/.test(line));
  const own = some.every((line) => line.startsWith('>')) ? marked(some, '>') : some;
  const headers = own.filter((line) => line !== '');
  if (headers.length === 0 || !headers.every((line) => HEADER_LINE.test(line))) return undefined;
  const rawHeaders = headers.flatMap((line) => readLine('--from', line));
  return { rawHeaders, read: 'header lines as they stand there' };
}

/** No line is trimmed: what is in front of a name, or behind a value, is for the header's own rules. */
function marked(lines: readonly string[], mark: '<' | '>'): string[] {
  return lines
    .filter((line) => line.startsWith(mark))
    .map((line) => line.slice(1).replace(/^ /, ''));
}
