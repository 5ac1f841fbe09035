import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** PEM files of a certificate that nobody has signed. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  remove(): void;
}

const OPENSSL =
  'openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2'.split(' ');

/** Makes a certificate, with its key where HAProxy looks for it too. */
export function selfSigned(domain: string): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'trusted-header-tls-'));
  const cert = join(folder, 'app.pem');
  const key = `${cert}.key`;
  const [program = '', ...args] = OPENSSL;
  const names = ['-subj', `/CN=${domain}`, '-addext', `subjectAltName=DNS:${domain}`];
  const { status } = spawnSync(program, [...args, ...names, '-keyout', key, '-out', cert]);
  if (status !== 0) throw new Error('A certificate needs openssl: apt-get install openssl');
  return { cert, key, remove: () => rmSync(folder, { recursive: true }) };
}
