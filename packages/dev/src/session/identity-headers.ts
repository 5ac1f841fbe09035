import { createAuthenticator, trimOws } from '@trusted-header/core';
import type { DevUser } from '../options.js';

/** What an application behind Authelia would decide with: knows the headers and their aliases. */
export const application = createAuthenticator({ trustedProxies: '127.0.0.1', log: false });

/**
 * Gives the four headers that Authelia sends for a user: all of them, empty where there is nothing to say, groups
 * joined by `,` without a space, and UTF-8 bytes as the Latin-1 text that Node writes out.
 *
 * Source: `handleAuthzAuthorizedStandard` in Authelia's source.
 */
export function identityHeaders({
  user,
  groups = [],
  name = '',
  email = '',
}: DevUser): Record<string, string> {
  return {
    'remote-user': wire(user),
    'remote-groups': wire(groups.join(',')),
    'remote-name': wire(name),
    'remote-email': wire(email),
  };
}

/** Says what is wrong with a user that no application could read; undefined for a good one. */
export function faultOf(user: DevUser): string | undefined {
  const groups = user.groups ?? [];
  if (groups.some((group) => group.includes(','))) return 'groups: a group has no comma in it';
  const decision = application.authenticate({
    peer: '127.0.0.1',
    rawHeaders: Object.entries(identityHeaders(user)).flat(),
  });
  if (decision.kind === 'anonymous') return 'user: it is empty';
  if (decision.kind === 'refused') {
    const field = (decision.header ?? 'Remote-User').replace('Remote-', '').toLowerCase();
    return `${field}: no application would accept it (${decision.reason})`;
  }
  const { name, email, groups: accepted = [] } = decision.identity;
  if (groups.map(trimOws).some((group) => group !== '' && !accepted.includes(group))) {
    return 'groups: no application would accept it (group-dropped)';
  }
  if (trimOws(user.name ?? '') !== '' && name === undefined) {
    return 'name: no application would accept it (name-dropped)';
  }
  if (trimOws(user.email ?? '') !== '' && email === undefined) {
    return 'email: no application would accept it (email-dropped)';
  }
  return undefined;
}

function wire(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
