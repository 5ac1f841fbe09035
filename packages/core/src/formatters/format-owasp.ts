import type { DecisionEvent } from '../authenticator/decision-event.js';
import type { RefusalReason, Refused } from '../decision.js';
import { describe, type Happening, happeningOf, strangerOf } from './happening.js';
import type { RequestFields } from './request-fields.js';
import { safeArgument, safeFields, safeText } from './safe-text.js';

/** A record of OWASP's Application Logging Vocabulary. */
export interface OwaspRecord {
  /** ISO 8601, with its offset. */
  readonly datetime: string;
  readonly appid: string;
  /** `authn_login_fail`, `authz_fail:john,/admin` … Arguments are percent-encoded where they hold `,` or `%`. */
  readonly event: string;
  readonly level: OwaspLevel;
  readonly description: string;
  readonly useragent?: string;
  readonly source_ip?: string;
  readonly host_ip?: string;
  readonly hostname?: string;
  readonly protocol?: string;
  readonly port?: string;
  readonly request_uri?: string;
  readonly request_method?: string;
}

export type OwaspLevel = 'INFO' | 'WARN' | 'CRITICAL';

/**
 * Gives the records of an event in OWASP's vocabulary, none where there is nothing to write down: write each as one line of JSON.
 *
 * What is refused names no user, since nobody believed it; what could not be read one way only is `input_validation_fail` as well. Pure.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Logging_Vocabulary_Cheat_Sheet.html
 *
 * @example
 * ```ts
 * import { createAuthenticator } from '@trusted-header/core';
 * import { formatOwasp } from '@trusted-header/core/formatters';
 *
 * createAuthenticator({
 *   trustedProxies: '172.20.0.2',
 *   onDecision(event) {
 *     for (const record of formatOwasp(event, { appid: 'notes' })) console.log(JSON.stringify(record));
 *   },
 * });
 * ```
 */
export function formatOwasp(event: DecisionEvent, fields: RequestFields): readonly OwaspRecord[] {
  const happening = happeningOf(event, fields.eachRequest);
  if (!happening) return [];
  const { appid, useragent, source_ip, host_ip, hostname, protocol, port } = fields;
  const { request_uri, request_method } = fields;
  const stranger = happening.kind === 'refused' ? strangerOf(happening.refused) : undefined;
  const about = safeFields({
    useragent,
    source_ip: source_ip ?? stranger,
    host_ip,
    hostname,
    protocol,
    port,
    request_uri,
    request_method,
  });
  const description = safeText(describe(happening));
  return eventsOf(happening, event.route ?? request_uri).map(([name, level, ...args]) => ({
    datetime: new Date(event.time).toISOString().replace('Z', '+00:00'),
    appid: safeText(appid),
    event: args.length === 0 ? name : `${name}:${args.join(',')}`,
    level,
    description,
    ...about,
  }));
}

/** An event, its level and its arguments. */
type OwaspEvent = readonly [name: string, level: OwaspLevel, ...args: readonly string[]];

function eventsOf(happening: Happening, resource = '-'): readonly OwaspEvent[] {
  switch (happening.kind) {
    case 'refused':
      return eventsOfRefused(happening.refused);
    case 'denied': {
      const user = safeArgument(happening.identity.user);
      return [['authz_fail', 'CRITICAL', user, safeArgument(safeText(resource))]];
    }
    case 'authenticated':
      return [['authn_login_success', 'INFO', safeArgument(happening.identity.user)]];
    case 'login':
      return eventsOfLogin(happening);
  }
}

/** Another site's request is no login. */
function eventsOfRefused({ reason, header = 'request' }: Refused): readonly OwaspEvent[] {
  if (reason === 'cross-origin') return [['malicious_cors', 'CRITICAL']];
  const field = safeArgument(header.toLowerCase().replaceAll('-', '_'));
  const failed: OwaspEvent = ['authn_login_fail', 'WARN'];
  return UNREADABLE.has(reason)
    ? [failed, ['input_validation_fail', 'WARN', `(${field})`]]
    : [failed];
}

const UNREADABLE: ReadonlySet<RefusalReason> = new Set([
  'header-repeated',
  'header-ambiguous',
  'header-hop-by-hop',
  'header-malformed',
  'headers-too-many',
  'assertion-malformed',
]);

function eventsOfLogin({
  login,
  identity,
}: Extract<Happening, { kind: 'login' }>): readonly OwaspEvent[] {
  const user = identity ? [safeArgument(identity.user)] : [];
  switch (login) {
    case 'started':
      return [
        ['authn_login_success', 'INFO', ...user],
        ['session_created', 'INFO', ...user],
      ];
    case 'switched':
      return [
        ['authn_login_success', 'INFO', ...user],
        ['session_renewed', 'INFO', ...user],
      ];
    case 'ended':
      return [['session_expired', 'INFO', ...user, ...(identity ? ['not-named'] : [])]];
    case 'signed-out':
      return [['session_expired', 'INFO', ...user, ...(identity ? ['logout'] : [])]];
    case 'unavailable':
      return [['authn_login_fail', 'WARN', ...user]];
  }
}
