import { readFileSync } from 'node:fs';
import { ConfigError, type ConfigIssue } from '@trusted-header/core';
import type { AppSettings } from '../view/app-settings.js';
import { proofsIn } from '../view/proofs-in.js';
import { readTls, type TlsFiles, tlsFilesIn } from './read-tls.js';
import { settingIssue } from './setting-issue.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** Where to listen, and the app's settings. */
export interface Environment {
  readonly port: number;
  readonly host: string;
  readonly settings: AppSettings;
  /** Where the certificates in the settings came from. */
  readonly tlsFiles: TlsFiles | undefined;
}

/**
 * Reads `PORT` (3000), `HOST` (127.0.0.1), `TRUSTED_PROXIES`, `PORTAL_URL` and `APP_URL`; what the proxy has to show beside its
 * address: `PROXY_SECRET` or `PROXY_SECRET_FILE`, `PROXY_CERT_NAMES`; and the files `TLS_CERT`, `TLS_KEY` and `TLS_CLIENT_CA`.
 *
 * Refuses ports out of range and addresses that are not http or https. `TRUSTED_PROXIES` is core's to judge: missing, it
 * is an empty list, and that starts no app.
 *
 * @throws {ConfigError} `option-invalid`, naming every bad variable.
 */
export function readEnvironment(env: Variables): Environment {
  const { PORT = '3000', HOST = '127.0.0.1', TRUSTED_PROXIES = '', PORTAL_URL, APP_URL } = env;
  const issues = [
    ...checkPort(PORT),
    ...checkUrl('PORTAL_URL', PORTAL_URL),
    ...checkUrl('APP_URL', APP_URL),
  ];
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
  const tlsFiles = tlsFilesIn(env);
  return {
    port: Number(PORT),
    host: HOST,
    settings: {
      trustedProxies: TRUSTED_PROXIES,
      portalUrl: PORTAL_URL || undefined,
      appUrl: APP_URL || undefined,
      proofs: proofsIn(withSecretOfFile(env)),
      ...(tlsFiles && { tls: tryToReadTls(tlsFiles) }),
    },
    tlsFiles,
  };
}

/**
 * Gives the variables with `PROXY_SECRET` out of the file that `PROXY_SECRET_FILE` names, as secrets are mounted.
 *
 * @throws {ConfigError} `option-invalid`
 */
export function withSecretOfFile(env: Variables): Variables {
  const { PROXY_SECRET_FILE: path } = env;
  if (!path) return env;
  try {
    return { ...env, PROXY_SECRET: readFileSync(path, 'utf8') || ' ' };
  } catch (error) {
    throw unreadable('PROXY_SECRET_FILE', path, error);
  }
}

function tryToReadTls(files: TlsFiles) {
  try {
    return readTls(files);
  } catch (error) {
    throw unreadable('TLS_CERT', Object.values(files).join(', '), error);
  }
}

function unreadable(option: string, value: string, error: unknown): ConfigError {
  const problem = `cannot be used: ${error instanceof Error ? error.message : error}`;
  return new ConfigError('option-invalid', [
    settingIssue(option, value, problem, 'write the path of a file that this user can read'),
  ]);
}

function checkPort(value: string): readonly ConfigIssue[] {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return [];
  return [settingIssue('PORT', value, 'is not a port', 'write a number from 0 to 65535')];
}

function checkUrl(option: string, value: string | undefined): readonly ConfigIssue[] {
  // In lower case: whether cookies are Secure is read off it.
  if (!value || (/^https?:/.test(value) && URL.canParse(value))) return [];
  const instead = 'write one such as http://127.0.0.1:9091';
  return [settingIssue(option, value, 'is not a web address', instead)];
}
