import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate with its key, as PEM. */
export interface Issued {
  readonly cert: string;
  readonly key: string;
}

/** What a certificate says. */
export interface Request {
  /** Among its alternative names, as OpenSSL writes them: `DNS:gateway.internal`. */
  readonly names: readonly string[];
  readonly usage: 'clientAuth' | 'serverAuth';
}

/** An authority that signs whatever it is asked to, as an Issuer of cert-manager does for who may ask it. */
export interface Authority {
  /** Its own certificate. */
  readonly cert: string;
  issue(request: Request): Issued;
  remove(): void;
}

const NEW_KEY =
  'openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2'.split(' ');

/** Makes an authority with OpenSSL 3. */
export function createAuthority(name: string): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'trusted-header-authority-'));
  const path = (file: string): string => join(folder, file);
  const make = (file: string, subject: string, more: readonly string[]): Issued => {
    const files = ['-out', path(`${file}.crt`), '-keyout', path(`${file}.key`)];
    run([...NEW_KEY, '-subj', `/CN=${subject}`, ...files, ...more]);
    return { cert: read(`${file}.crt`), key: read(`${file}.key`) };
  };
  const read = (file: string): string => readFileSync(path(file), 'utf8');
  return {
    cert: make('ca', name, []).cert,
    issue: ({ names, usage }) =>
      make('leaf', 'of an Issuer', [
        ...['-CA', path('ca.crt'), '-CAkey', path('ca.key')],
        ...['-addext', `subjectAltName=${names.join(',')}`],
        ...['-addext', `extendedKeyUsage=${usage}`, '-addext', 'basicConstraints=CA:FALSE'],
      ]),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function run([program = '', ...args]: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`A certificate needs openssl 3: ${error ?? stderr}`);
}
