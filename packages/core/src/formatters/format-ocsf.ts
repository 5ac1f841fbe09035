import type { DecisionEvent } from '../authenticator/decision-event.js';
import { describe, type Happening, happeningOf, strangerOf } from './happening.js';
import type { RequestFields } from './request-fields.js';
import { safeFields, safeText } from './safe-text.js';

/** An event of the Open Cybersecurity Schema Framework 1.8: Authentication (3002), or Authorize Session (3003) for denials. */
export interface OcsfRecord {
  readonly class_uid: 3002 | 3003;
  readonly class_name: string;
  readonly category_uid: 3;
  readonly category_name: 'Identity & Access Management';
  readonly activity_id: 1 | 2 | 7;
  readonly activity_name: string;
  /** `class_uid * 100 + activity_id`. */
  readonly type_uid: number;
  readonly severity_id: 1 | 3;
  readonly severity: 'Informational' | 'Medium';
  readonly status_id: 1 | 2;
  readonly status: 'Success' | 'Failure';
  /** The code of the refusal or the denial. */
  readonly status_detail?: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly message: string;
  readonly metadata: {
    readonly version: '1.8.0';
    readonly product: { readonly name: 'trusted-header'; readonly vendor_name: 'trusted-header' };
  };
  /** The schema asks for one: where nobody is believed, a user of type Unknown called `-`. */
  readonly user: { readonly name: string; readonly type_id: 0 | 1; readonly type: string };
  /** 3002 only. */
  readonly service?: { readonly name: string };
  readonly auth_protocol_id?: 99;
  readonly auth_protocol?: 'Trusted header';
  readonly logon_type_id?: 3;
  readonly logon_type?: 'Network';
  readonly is_remote?: true;
  /** 3003 only: what was not granted. */
  readonly privileges?: string[];
  readonly src_endpoint?: { readonly ip: string };
  readonly http_request?: {
    readonly http_method?: string;
    readonly user_agent?: string;
    readonly url?: { readonly url_string: string };
  };
}

/**
 * Gives the record of an event as an OCSF event, in a list that is empty where there is nothing to write down. Pure.
 *
 * @see https://schema.ocsf.io/1.8.0/classes/authentication
 */
export function formatOcsf(event: DecisionEvent, fields: RequestFields): readonly OcsfRecord[] {
  const happening = happeningOf(event, fields.eachRequest);
  if (!happening) return [];
  const refused = happening.kind === 'refused' ? happening.refused : undefined;
  const isFailure = failed(happening);
  const activity = activityOf(happening);
  const { useragent, request_uri, request_method } = fields;
  const ip = fields.source_ip ?? (refused && strangerOf(refused));
  const safe = safeFields({ ip, useragent, request_uri, request_method });
  const isRequestKnown = [useragent, request_uri, request_method].some((it) => it !== undefined);
  const base = {
    category_uid: 3,
    category_name: 'Identity & Access Management',
    severity_id: isFailure ? 3 : 1,
    severity: isFailure ? 'Medium' : 'Informational',
    status_id: isFailure ? 2 : 1,
    status: isFailure ? 'Failure' : 'Success',
    ...(event.reason !== undefined && { status_detail: event.reason }),
    time: event.time,
    message: safeText(describe(happening)),
    metadata: {
      version: '1.8.0',
      product: { name: 'trusted-header', vendor_name: 'trusted-header' },
    },
    user: userOf(happening),
    ...(safe.ip !== undefined && { src_endpoint: { ip: safe.ip } }),
    ...(isRequestKnown && {
      http_request: {
        ...(safe.request_method !== undefined && { http_method: safe.request_method }),
        ...(safe.useragent !== undefined && { user_agent: safe.useragent }),
        ...(safe.request_uri !== undefined && { url: { url_string: safe.request_uri } }),
      },
    }),
  } as const;
  if (happening.kind === 'denied') {
    return [
      {
        class_uid: 3003,
        class_name: 'Authorize Session',
        activity_id: 1,
        activity_name: 'Assign Privileges',
        type_uid: 300301,
        ...base,
        privileges: [safeText(event.route ?? request_uri ?? '-')],
      },
    ];
  }
  return [
    {
      class_uid: 3002,
      class_name: 'Authentication',
      activity_id: activity,
      activity_name: ACTIVITIES[activity],
      type_uid: 300200 + activity,
      ...base,
      service: { name: safeText(fields.appid) },
      auth_protocol_id: 99,
      auth_protocol: 'Trusted header',
      logon_type_id: 3,
      logon_type: 'Network',
      is_remote: true,
    },
  ];
}

const ACTIVITIES = { 1: 'Logon', 2: 'Logoff', 7: 'Account Switch' } as const;

function activityOf(happening: Happening): 1 | 2 | 7 {
  if (happening.kind !== 'login') return 1;
  switch (happening.login) {
    case 'started':
    case 'unavailable':
      return 1;
    case 'switched':
      return 7;
    case 'ended':
    case 'signed-out':
      return 2;
  }
}

function failed(happening: Happening): boolean {
  const { kind } = happening;
  return kind === 'login' ? happening.login === 'unavailable' : kind !== 'authenticated';
}

function userOf(happening: Happening): OcsfRecord['user'] {
  const identity = happening.kind === 'refused' ? undefined : happening.identity;
  if (!identity) return { name: '-', type_id: 0, type: 'Unknown' };
  return { name: safeText(identity.user), type_id: 1, type: 'User' };
}
