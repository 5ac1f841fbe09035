import { ConfigError, type ConfigIssue } from '@trusted-header/core';
import type { AppSettings } from '../view/app-settings.js';

/** Where to listen, and the app's settings. */
export interface Environment {
  readonly port: number;
  readonly host: string;
  readonly settings: AppSettings;
}

/**
 * Reads `PORT` (3000), `HOST` (127.0.0.1), `TRUSTED_PROXIES`, `PORTAL_URL` and `APP_URL`.
 *
 * Refuses ports out of range and addresses that are not http or https. `TRUSTED_PROXIES` is core's to judge: missing, it
 * is an empty list, and that starts no app.
 *
 * @throws {ConfigError} `option-invalid`, naming every bad variable.
 */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const { PORT = '3000', HOST = '127.0.0.1', TRUSTED_PROXIES = '', PORTAL_URL, APP_URL } = env;
  const issues = [
    ...checkPort(PORT),
    ...checkUrl('PORTAL_URL', PORTAL_URL),
    ...checkUrl('APP_URL', APP_URL),
  ];
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
  return {
    port: Number(PORT),
    host: HOST,
    settings: {
      trustedProxies: TRUSTED_PROXIES,
      portalUrl: PORTAL_URL || undefined,
      appUrl: APP_URL || undefined,
    },
  };
}

function checkPort(value: string): readonly ConfigIssue[] {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return [];
  return [issue('PORT', value, 'is not a port', 'write a number from 0 to 65535')];
}

function checkUrl(option: string, value: string | undefined): readonly ConfigIssue[] {
  // In lower case: whether cookies are Secure is read off it.
  if (!value || (/^https?:/.test(value) && URL.canParse(value))) return [];
  return [issue(option, value, 'is not a web address', 'write one such as http://127.0.0.1:9091')];
}

function issue(option: string, value: string, problem: string, instead: string): ConfigIssue {
  return { option, value: JSON.stringify(value), problem, instead };
}
