import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { ConfigError } from '@trusted-header/core';
import type { TlsSettings } from '../view/app-settings.js';
import { settingIssue } from './setting-issue.js';

/** Where the app's certificate, its key, and the authorities for client certificates are. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
  readonly clientCa: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Finds the files that `TLS_CERT`, `TLS_KEY` and `TLS_CLIENT_CA` name. Undefined where none of them is set.
 *
 * Refuses some without the others, and `PROXY_CERT_NAMES` without them: nobody would ask the proxy for a certificate.
 *
 * @throws {ConfigError} `option-invalid`
 */
export function tlsFilesIn(env: Variables): TlsFiles | undefined {
  const { TLS_CERT: cert, TLS_KEY: key, TLS_CLIENT_CA: clientCa, PROXY_CERT_NAMES } = env;
  if (cert && key && clientCa) return { cert, key, clientCa };
  if (!cert && !key && !clientCa && !PROXY_CERT_NAMES) return undefined;
  const missing = Object.entries({ TLS_CERT: cert, TLS_KEY: key, TLS_CLIENT_CA: clientCa });
  throw new ConfigError(
    'option-invalid',
    missing
      .filter(([, path]) => !path)
      .map(([name]) => settingIssue(name, '', 'is not set', `write the path of ${WHAT[name]}`)),
  );
}

const WHAT: Variables = {
  TLS_CERT: 'the certificate of this app',
  TLS_KEY: 'the key of this app',
  TLS_CLIENT_CA: 'the authority that signs the certificate of the proxy',
};

/**
 * Reads the files, and makes sure that they are a certificate with its key, and authorities.
 *
 * @throws As `node:fs` and `node:tls` do: what is written at this moment may be there in part.
 */
export function readTls({ cert, key, clientCa }: TlsFiles): TlsSettings {
  const settings = {
    cert: readFileSync(cert),
    key: readFileSync(key),
    ca: readFileSync(clientCa),
    requestCert: true,
    rejectUnauthorized: false,
  } as const;
  if (!settings.ca.includes('-----BEGIN CERTIFICATE-----')) {
    // Node takes an empty file, and believes nobody from then on.
    throw new Error(`${clientCa} holds no certificate`);
  }
  createSecureContext(settings);
  return settings;
}
