import type { DecisionEvent } from '../authenticator/decision-event.js';
import { describe, type Happening, happeningOf, strangerOf } from './happening.js';
import type { RequestFields } from './request-fields.js';
import { safeFields, safeText } from './safe-text.js';

/** A document of the Elastic Common Schema, for `@timestamp`-ordered indices. */
export interface EcsRecord {
  readonly '@timestamp': string;
  readonly message: string;
  readonly ecs: { readonly version: '9.4.0' };
  readonly event: EcsEventFields;
  readonly log: { readonly level: 'info' | 'warn' };
  readonly service: { readonly name: string };
  /** Only of who was authenticated. */
  readonly user?: { readonly name: string };
  readonly related?: { readonly user?: string[]; readonly ip?: string[] };
  readonly source?: { readonly ip: string };
  readonly host?: { readonly ip?: string[]; readonly hostname?: string };
  readonly http?: { readonly request: { readonly method: string } };
  readonly url?: { readonly original: string };
  readonly user_agent?: { readonly original: string };
  /** By which the claim was read. */
  readonly labels?: { readonly trusted_header_profile: string };
}

/** ECS's categorization fields, and the reason. */
export interface EcsEventFields {
  readonly kind: 'event';
  readonly module: 'trusted-header';
  readonly dataset: 'trusted-header.decision';
  readonly category: ('authentication' | 'iam' | 'session')[];
  readonly type: ('start' | 'end' | 'change' | 'info')[];
  readonly action: string;
  readonly outcome: 'success' | 'failure';
  /** The code of the refusal or the denial. */
  readonly reason?: string;
}

/**
 * Gives the record of an event as an ECS document, in a list that is empty where there is nothing to write down. The user is in it only
 * where they are authenticated. Pure.
 *
 * @see https://www.elastic.co/docs/reference/ecs
 */
export function formatEcs(event: DecisionEvent, fields: RequestFields): readonly EcsRecord[] {
  const happening = happeningOf(event, fields.eachRequest);
  if (!happening) return [];
  const user = userOf(happening);
  const refused = happening.kind === 'refused' ? happening.refused : undefined;
  const { useragent, request_uri, request_method, host_ip, hostname } = fields;
  const safe = safeFields({
    ip: fields.source_ip ?? (refused && strangerOf(refused)),
    useragent,
    request_uri,
    request_method,
    host_ip,
    hostname,
    profile: event.profile,
  });
  const failed = outcomeOf(happening) === 'failure';
  return [
    {
      '@timestamp': new Date(event.time).toISOString(),
      message: safeText(describe(happening)),
      ecs: { version: '9.4.0' },
      event: {
        kind: 'event',
        module: 'trusted-header',
        dataset: 'trusted-header.decision',
        ...categoriesOf(happening),
        outcome: outcomeOf(happening),
        ...(event.reason !== undefined && { reason: event.reason }),
      },
      log: { level: failed ? 'warn' : 'info' },
      service: { name: safeText(fields.appid) },
      ...(user !== undefined && { user: { name: user } }),
      ...(safe.ip !== undefined && { source: { ip: safe.ip } }),
      ...((user !== undefined || safe.ip !== undefined) && {
        related: {
          ...(user !== undefined && { user: [user] }),
          ...(safe.ip !== undefined && { ip: [safe.ip] }),
        },
      }),
      ...((safe.host_ip !== undefined || safe.hostname !== undefined) && {
        host: {
          ...(safe.host_ip !== undefined && { ip: [safe.host_ip] }),
          ...(safe.hostname !== undefined && { hostname: safe.hostname }),
        },
      }),
      ...(safe.request_method !== undefined && {
        http: { request: { method: safe.request_method } },
      }),
      ...(safe.request_uri !== undefined && { url: { original: safe.request_uri } }),
      ...(safe.useragent !== undefined && { user_agent: { original: safe.useragent } }),
      ...(safe.profile !== undefined && { labels: { trusted_header_profile: safe.profile } }),
    },
  ];
}

function userOf(happening: Happening): string | undefined {
  if (happening.kind === 'refused' || !happening.identity) return undefined;
  return safeText(happening.identity.user);
}

function outcomeOf(happening: Happening): 'success' | 'failure' {
  const { kind } = happening;
  if (kind === 'login') return happening.login === 'unavailable' ? 'failure' : 'success';
  return kind === 'authenticated' ? 'success' : 'failure';
}

type Categories = Pick<EcsEventFields, 'category' | 'type' | 'action'>;

/** Types are those that ECS expects in the category. */
function categoriesOf(happening: Happening): Categories {
  switch (happening.kind) {
    case 'refused':
      return { category: ['authentication'], type: ['info'], action: 'claim-refused' };
    case 'denied':
      return { category: ['iam'], type: ['info'], action: 'access-denied' };
    case 'authenticated':
      return { category: ['authentication'], type: ['info'], action: 'request-authenticated' };
    case 'login':
      return LOGINS[happening.login];
  }
}

const LOGINS: Readonly<Record<Extract<Happening, { kind: 'login' }>['login'], Categories>> = {
  started: {
    category: ['authentication', 'session'],
    type: ['start'],
    action: 'session-started',
  },
  switched: {
    category: ['authentication', 'session'],
    type: ['start'],
    action: 'session-switched',
  },
  ended: { category: ['session'], type: ['end'], action: 'session-ended' },
  'signed-out': { category: ['authentication', 'session'], type: ['end'], action: 'signed-out' },
  unavailable: { category: ['authentication'], type: ['start'], action: 'login-unavailable' },
};
