import { cliError } from '../cli-error.js';
import { isRecord, textOf } from '../json.js';
import { asBytes, asText } from './bytes.js';
import type { Dump, DumpOptions } from './dump.js';
import { readField } from './header-lines.js';
import { answerDump } from './message.js';
import { identityLines } from './profile-headers.js';
import { arrived } from './read-whoami.js';

/**
 * Reads a HAR file, or what whoami prints under `/api`.
 *
 * @throws CliError where it is neither.
 */
export function readJson(source: string, bytes: string, options: DumpOptions): Dump {
  const json = parse(source, bytes);
  return readApi(json) ?? readHar(source, json, options);
}

/** An object with `headers`, each name with a list of values, and `remoteAddr`. */
function readApi(json: unknown): Dump | undefined {
  if (!isRecord(json) || !isRecord(json['headers'])) return undefined;
  const rawHeaders = Object.entries(json['headers']).flatMap(([name, values]) =>
    (Array.isArray(values) ? values : [values]).flatMap((value: unknown) =>
      readField('--from', asBytes(name), asBytes(textOf(value) ?? '')),
    ),
  );
  return arrived(rawHeaders, textOf(json['remoteAddr']) ?? '');
}

function readHar(source: string, json: unknown, { profile, answer }: DumpOptions): Dump {
  const last = entriesOf(json).at(-1);
  const entry = isRecord(last) ? last : {};
  const request = readHeaders(entry['request']);
  const answered = readHeaders(entry['response']);
  if (!request) throw cliError(`--from: ${source} is JSON, but no HAR file with a request in it`);
  if (answer && !answered) throw cliError(`--answer: ${source} holds no answer`);
  if (answered && (answer ?? identityLines(profile, request).length === 0)) {
    const { status } = isRecord(entry['response']) ? entry['response'] : {};
    const copied = answerDump(String(status), answered, profile);
    if (answer || copied.rawHeaders?.length) return copied;
  }
  return { rawHeaders: request, read: 'what the client sent, not what a proxy made of it' };
}

function readHeaders(message: unknown): string[] | undefined {
  const headers = isRecord(message) ? message['headers'] : undefined;
  if (!Array.isArray(headers)) return undefined;
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
    return JSON.parse(asText(bytes));
  } catch (error) {
    throw cliError(`--from: ${source} looks like JSON and is not (${String(error)})`);
  }
}
