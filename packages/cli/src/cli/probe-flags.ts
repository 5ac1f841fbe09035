import { cliError, isCliError } from '../cli-error.js';
import { readCookieFile } from '../probe/cookie-file.js';
import type { FailOn } from '../probe/format/severity.js';
import type { ProbeSettings } from '../probe/settings.js';
import { readTarget } from '../probe/target.js';
import { checkToken, TOKEN_VARIABLE } from '../probe/token.js';
import { append } from './append.js';
import type { LineIo } from './lines.js';

/** What stands on the command line of `probe`. */
export interface ProbeFlags {
  readonly direct?: string;
  readonly path: readonly string[];
  readonly cookieFile?: string;
  readonly tokenFile?: string;
  readonly newToken?: true;
  readonly profile?: string;
  readonly secretHeader?: string;
  readonly case: readonly string[];
  readonly methods: readonly string[];
  readonly proxy?: string;
  readonly config?: string;
  readonly ca?: string;
  readonly insecure?: true;
  readonly resolve?: string;
  readonly fromAddress?: string;
  readonly maxRequests?: string;
  readonly dryRun?: true;
  readonly watch?: true;
  readonly json?: true;
  readonly junit?: string;
  readonly sarif?: string;
  readonly failOn: string;
}

/** Reads flags, and the files that they name. @throws An error that names the flag, and says what to write. */
export async function settingsFrom(
  url: string | undefined,
  flags: ProbeFlags,
  io: LineIo,
): Promise<ProbeSettings> {
  if (url === undefined) {
    throw cliError('probe: url is missing; write for example probe https://app.example.com');
  }
  const { direct, cookieFile, tokenFile, profile, secretHeader, insecure } = flags;
  const target = readTarget(url, 'url');
  return {
    url,
    direct,
    paths: flags.path.length > 0 ? flags.path : undefined,
    token:
      tokenFile === undefined
        ? io.env[TOKEN_VARIABLE] || undefined
        : checkToken(await readSecret('--token-file', tokenFile, io), '--token-file'),
    cookie:
      cookieFile === undefined
        ? undefined
        : readCookieFile(await readSecret('--cookie-file', cookieFile, io), target, cookieFile),
    profile,
    secretHeader,
    cases: flags.case,
    methods: flags.methods,
    ca: flags.ca === undefined ? undefined : certificatesIn(await io.read(flags.ca), flags.ca),
    insecure,
    address: flags.resolve,
    localAddress: flags.fromAddress,
    maxRequests: numberFrom(flags.maxRequests),
  };
}

/** Reads a file of a secret. What is no file may be the secret itself, and is not quoted. */
async function readSecret(option: string, file: string, io: LineIo): Promise<string> {
  try {
    return await io.read(file);
  } catch (error) {
    if (!isCliError(error)) throw error;
    throw cliError(
      `${option}: what it names cannot be read; name a file with the value in it, or - for standard input`,
    );
  }
}

function certificatesIn(text: string, file: string): string {
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw cliError(
    `--ca: "${file}" holds no certificate; write a file with -----BEGIN CERTIFICATE----- in it (PEM)`,
  );
}

/** Reads --fail-on. */
export function failOnFrom(text: string): FailOn {
  if (text === 'error' || text === 'warning') return text;
  throw cliError(`--fail-on: "${text}" is no level; write error or warning`);
}

function numberFrom(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d{1,3}$/.test(text) && number >= 1 && number <= 150) return number;
  throw cliError(`--max-requests: "${text}" is no number from 1 to 150; write for example 60`);
}

/** Reads a flag that holds several values with commas, and may be given several times. */
export function list(value: string, earlier: readonly string[]): readonly string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .reduce((all, part) => append(part, all), earlier);
}
