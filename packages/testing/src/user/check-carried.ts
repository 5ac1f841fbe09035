import {
  ConfigError,
  configIssue,
  createAuthenticator,
  type Decision,
  type HeaderProfile,
  type Identity,
} from '@trusted-header/core';
import type { HeaderLine } from '../client/identity-lines.js';

const PEER = '127.0.0.1';

/** The application may have its own: what a profile carries does not hang on them. */
const NO_LIMITS = {
  userBytes: Number.MAX_SAFE_INTEGER,
  nameBytes: Number.MAX_SAFE_INTEGER,
  emailBytes: Number.MAX_SAFE_INTEGER,
  extraBytes: Number.MAX_SAFE_INTEGER,
  groupsBytes: Number.MAX_SAFE_INTEGER,
  groups: Number.MAX_SAFE_INTEGER,
  groupBytes: Number.MAX_SAFE_INTEGER,
};

/**
 * Refuses an identity that core would read in another way out of the lines that were made of it. Core itself is asked: no rule
 * is here a second time.
 */
export function checkCarried(
  identity: Identity,
  profile: HeaderProfile,
  lines: readonly HeaderLine[],
): void {
  if (new Set(lines.map(([name]) => name)).size < lines.length) {
    throw issue('groups', identity.groups, `needs a line for each group in ${profile.id}`, ONE);
  }
  const { authenticate } = createAuthenticator({
    trustedProxies: PEER,
    profile,
    limits: NO_LIMITS,
    log: false,
  });
  const decision = authenticate({ peer: PEER, rawHeaders: lines.flat() });
  if (decision.kind !== 'authenticated') throw refused(identity, profile, decision);

  const given: Readonly<Record<string, unknown>> = { ...withEmail(identity, profile) };
  const read: Readonly<Record<string, unknown>> = { ...decision.identity };
  for (const key of new Set([...Object.keys(given), ...Object.keys(read)])) {
    if (isSame(given[key], read[key])) continue;
    const found =
      read[key] === undefined ? 'not be read' : `be read as ${JSON.stringify(read[key])}`;
    throw issue(key, given[key], `would ${found} by the profile ${profile.id}`, OTHER);
  }
}

const ONE = 'give one group at most, or test it with requests of your own';
const OTHER = 'give what the proxy can say, or name another profile';

function refused(identity: Identity, profile: HeaderProfile, decision: Decision): ConfigError {
  if (decision.kind !== 'refused') {
    return issue('user', identity.user, `is nobody to the profile ${profile.id}`, OTHER);
  }
  const { header, reason, detail } = decision;
  const why = [reason, ...(detail === undefined ? [] : [detail])].join(', ');
  const key = header === profile.groups?.header ? 'groups' : 'user';
  return issue(key, identity[key], `would be refused (${why})`, OTHER);
}

/** Where the user is the email as well, it need not be given. */
function withEmail(identity: Identity, { email }: HeaderProfile): Identity {
  const isAddress = /^[^@]+@[^@]+$/.test(identity.user);
  return email === 'user' && isAddress ? { email: identity.user, ...identity } : identity;
}

function isSame(given: unknown, read: unknown): boolean {
  return JSON.stringify(given) === JSON.stringify(read);
}

function issue(...fault: Parameters<typeof configIssue>): ConfigError {
  return new ConfigError('option-invalid', [configIssue(...fault)]);
}
