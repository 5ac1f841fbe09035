import { isIP } from 'node:net';
import type { HeaderProfile } from '@trusted-header/core';
import { KNOWN_PROFILES } from '@trusted-header/core/profiles';
import { cliError } from '../cli-error.js';
import { isSeen } from './case-titles.js';
import type { ProbeCase } from './cases/case.js';
import { CASES, methodCase } from './cases/index.js';
import { type IdentityNames, namesOf, othersOf } from './identity-names.js';
import { hideSecrets } from './secrets.js';
import type { ProbeSettings } from './settings.js';
import { checkPath, readTarget } from './target.js';
import { checkToken } from './token.js';
import type { Place } from './wire/open-connection.js';

/** Where the receiver is asked for; the application's own path comes beside it. */
const DEFAULT_PATHS: readonly string[] = ['/.well-known/trusted-header/probe', '/'];

/** More requests than these are never sent in one run. */
export const MAX_REQUESTS = 150;

/** Settings that can be used as they are. */
export interface CheckedSettings {
  readonly front: Place;
  readonly direct?: Place | undefined;
  readonly paths: readonly string[];
  readonly token?: string | undefined;
  readonly cookie?: string | undefined;
  readonly names: IdentityNames;
  readonly others: readonly string[];
  readonly secretHeader?: string | undefined;
  readonly cases: readonly ProbeCase[];
  readonly maxRequests: number;
  readonly requestsPerSecond: number;
  readonly timeoutMs: number;
  /** Takes token and cookie out of what is told. */
  hide(text: string): string;
}

/** Reads settings. @throws An error that names the option, the value, and what to write. */
export function checkSettings(settings: ProbeSettings): CheckedSettings {
  const { url, direct, paths = DEFAULT_PATHS, cookie, ca, insecure, localAddress } = settings;
  const token = settings.token === undefined ? undefined : checkToken(settings.token, 'token');
  const address =
    settings.address === undefined ? undefined : checkAddress('--resolve', settings.address);
  const from = {
    localAddress:
      localAddress === undefined ? undefined : checkAddress('--from-address', localAddress),
  };
  const trust = { ca, insecure };
  return {
    front: { target: readTarget(url, 'url'), address, ...from, ...trust },
    direct:
      direct === undefined
        ? undefined
        : { target: readTarget(direct, '--direct'), ...from, ...trust },
    paths: [...new Set(paths.map(checkPath))],
    token,
    cookie,
    ...namesOfProfile(settings.profile ?? 'authelia'),
    secretHeader:
      settings.secretHeader === undefined ? undefined : checkName(settings.secretHeader),
    cases: pick(settings.cases, [...CASES, ...[...new Set(settings.methods)].map(checkMethod)]),
    maxRequests: Math.min(settings.maxRequests ?? MAX_REQUESTS, MAX_REQUESTS),
    requestsPerSecond: settings.requestsPerSecond ?? 5,
    timeoutMs: settings.timeoutMs ?? 5_000,
    hide: hideSecrets(token, cookie),
  };
}

function namesOfProfile(id: string): Pick<CheckedSettings, 'names' | 'others'> {
  const profile: HeaderProfile | undefined = Object.values(KNOWN_PROFILES).find(
    (one) => one.id === id,
  );
  if (profile) {
    const names = namesOf(profile);
    const extras = Object.values(profile.extra ?? {}).map(({ header }) => header);
    return { names, others: othersOf(extras, names) };
  }
  const known = Object.values(KNOWN_PROFILES).map((one) => one.id);
  throw cliError(`--profile: "${id}" is not known here; write one of ${known.join(', ')}`);
}

function checkAddress(option: string, text: string): string {
  if (isIP(text) !== 0) return text;
  throw cliError(`${option}: "${text}" is no IP address; write for example ${option} 127.0.0.1`);
}

function checkName(text: string): string {
  if (/^[\w!#$%&'*+.^`|~-]+$/.test(text)) return text;
  throw cliError(
    `--secret-header: "${text}" is no name of a header; write for example --secret-header X-Proxy-Secret`,
  );
}

function checkMethod(text: string): ProbeCase {
  if (/^[A-Z]{1,20}$/.test(text) && text !== 'CONNECT') return methodCase(text);
  throw cliError(
    `--methods: "${text}" is no method that can be tried; write for example --methods POST,PUT`,
  );
}

function pick(
  wanted: readonly string[] | undefined,
  cases: readonly ProbeCase[],
): readonly ProbeCase[] {
  if (wanted === undefined || wanted.length === 0) return cases;
  const upper = wanted.map((id) => id.toUpperCase());
  const unknown = upper.find((id) => !isSeen(id) && !cases.some((one) => one.id === id));
  if (unknown !== undefined) {
    const ids = [...new Set(cases.map(({ id }) => id))];
    throw cliError(`--case: "${unknown}" is not known here; write one of ${ids.join(', ')}`);
  }
  return cases.filter(({ id }) => upper.includes(id));
}
