import { describe, expect, it } from '@jest/globals';
import { formatOcsf, type OcsfRecord, type RequestFields } from '../src/formatters/index.js';
import type { LoginOutcome } from '../src/index.js';
import { DENIED, EVENTS, eventAbout, JOHN } from './formatters.js';

const APP = { appid: 'notes' };

/**
 * What https://schema.ocsf.io/1.8.0 requires of the two classes, and the numbers that it has: no npm package carries the schema, so that
 * this is written from it.
 */
const REQUIRED = [
  'activity_id',
  'category_uid',
  'class_uid',
  'metadata',
  'severity_id',
  'time',
  'type_uid',
  'user',
];
const CLASSES = {
  3002: { activities: [0, 1, 2, 3, 4, 5, 6, 7, 99], oneOf: ['service', 'dst_endpoint'] },
  3003: { activities: [0, 1, 2, 99], oneOf: ['privileges', 'group'] },
} as const;
const SEVERITIES = [0, 1, 2, 3, 4, 5, 6, 99];
const STATUSES = [0, 1, 2, 99];

function checkSchema(record: OcsfRecord): void {
  const names = Object.keys(record);
  expect(names).toEqual(expect.arrayContaining(REQUIRED));
  const { activities, oneOf } = CLASSES[record.class_uid];
  expect(activities).toContain(record.activity_id);
  expect(names.filter((name) => oneOf.some((one) => one === name))).toHaveLength(1);
  expect(record.type_uid).toBe(record.class_uid * 100 + record.activity_id);
  expect(SEVERITIES).toContain(record.severity_id);
  expect(STATUSES).toContain(record.status_id);
}

type About = keyof typeof EVENTS;

describe('formatOcsf (O1)', () => {
  it.each<[about: About, type: number, status: string, user: string, detail: string | undefined]>([
    ['a stranger claims a user', 300201, 'Failure', '-', 'peer-untrusted'],
    ['a claim comes twice', 300201, 'Failure', '-', 'header-repeated'],
    ['a policy denies', 300301, 'Failure', 'john', 'group-missing'],
    ['a session starts', 300201, 'Success', 'john', undefined],
    ['a session switches', 300207, 'Success', 'john', undefined],
    ['a session ends', 300202, 'Success', '-', undefined],
    ['a user signs out', 300202, 'Success', 'john', undefined],
    ['a user cannot be looked up', 300201, 'Failure', 'john', 'user-unavailable'],
  ])('says what happened, where %s', (about, type, status, user, detail) => {
    const records = EVENTS[about].flatMap((event) => formatOcsf(event, APP));
    records.map(checkSchema);
    expect(records.map((it) => [it.type_uid, it.status, it.user.name, it.status_detail])).toEqual([
      [type, status, user, detail],
    ]);
  });

  it.each<About>(['a request is authenticated', 'nobody claims anything'])(
    'writes nothing where %s',
    (about) => {
      expect(EVENTS[about].flatMap((event) => formatOcsf(event, APP))).toEqual([]);
    },
  );

  it('writes the whole of a refusal', () => {
    const [record] = EVENTS['a stranger claims a user'].flatMap((event) => formatOcsf(event, APP));
    expect(record).toEqual({
      class_uid: 3002,
      class_name: 'Authentication',
      category_uid: 3,
      category_name: 'Identity & Access Management',
      activity_id: 1,
      activity_name: 'Logon',
      type_uid: 300201,
      severity_id: 3,
      severity: 'Medium',
      status_id: 2,
      status: 'Failure',
      status_detail: 'peer-untrusted',
      time: Date.UTC(2026, 10, 27, 19, 1, 9, 123),
      message: 'identity headers were refused: peer-untrusted',
      metadata: {
        version: '1.8.0',
        product: { name: 'trusted-header', vendor_name: 'trusted-header' },
      },
      user: { name: '-', type_id: 0, type: 'Unknown' },
      service: { name: 'notes' },
      auth_protocol_id: 99,
      auth_protocol: 'Trusted header',
      logon_type_id: 3,
      logon_type: 'Network',
      is_remote: true,
      src_endpoint: { ip: '172.20.0.9' },
    });
  });

  it('writes a denial as privileges that were not assigned, and what the application knows of the request', () => {
    const fields = { ...APP, request_method: 'GET', request_uri: '/notes/7', useragent: 'curl' };
    expect(formatOcsf(DENIED, fields)).toEqual([
      expect.objectContaining({
        class_uid: 3003,
        class_name: 'Authorize Session',
        activity_id: 1,
        activity_name: 'Assign Privileges',
        privileges: ['/notes/:id'],
        user: { name: 'john', type_id: 1, type: 'User' },
        http_request: {
          http_method: 'GET',
          user_agent: 'curl',
          url: { url_string: '/notes/7' },
        },
      }),
    ]);
    const { route: _, ...unrouted } = DENIED;
    expect(formatOcsf(unrouted, fields)[0]?.privileges).toEqual(['/notes/7']);
    expect(formatOcsf(unrouted, APP)[0]?.privileges).toEqual(['-']);
  });

  it.each<[login: LoginOutcome, id: number, name: string, severity: string, user: object]>([
    ['started', 1, 'Logon', 'Informational', { name: 'john', type_id: 1, type: 'User' }],
    ['switched', 7, 'Account Switch', 'Informational', { name: 'john', type_id: 1, type: 'User' }],
    ['ended', 2, 'Logoff', 'Informational', { name: 'john', type_id: 1, type: 'User' }],
    ['signed-out', 2, 'Logoff', 'Informational', { name: 'john', type_id: 1, type: 'User' }],
    ['unavailable', 1, 'Logon', 'Medium', { name: 'john', type_id: 1, type: 'User' }],
  ])(
    'calls a login that is %s by the numbers and the names of the schema',
    (login, activity_id, activity_name, severity, user) => {
      const isFailure = severity === 'Medium';
      expect(formatOcsf(eventAbout(JOHN, { login }), APP)).toMatchObject([
        {
          activity_id,
          activity_name,
          severity_id: isFailure ? 3 : 1,
          severity,
          status_id: isFailure ? 2 : 1,
          status: isFailure ? 'Failure' : 'Success',
          user,
        },
      ]);
    },
  );

  it.each<[field: keyof RequestFields, value: string, written: object]>([
    ['request_method', 'GET', { http_request: { http_method: 'GET' } }],
    ['useragent', 'curl', { http_request: { user_agent: 'curl' } }],
    ['request_uri', '/notes', { http_request: { url: { url_string: '/notes' } } }],
    ['source_ip', '203.0.113.7', { src_endpoint: { ip: '203.0.113.7' } }],
  ])('has no field for what nobody knows, beside %s', (field, value, written) => {
    const [plain] = formatOcsf(eventAbout(JOHN, { login: 'started' }), APP);
    expect(Object.keys(plain ?? {})).not.toContain('src_endpoint');
    expect(Object.keys(plain ?? {})).not.toContain('http_request');
    expect(Object.keys(plain ?? {})).not.toContain('status_detail');
    expect(
      formatOcsf(eventAbout(JOHN, { login: 'started' }), { ...APP, [field]: value }),
    ).toStrictEqual([{ ...plain, ...written }]);
  });

  it('writes every authenticated request where the application asks for it', () => {
    const records = formatOcsf(eventAbout(JOHN), { ...APP, eachRequest: true });
    records.map(checkSchema);
    expect(records.map(({ activity_name, status }) => [activity_name, status])).toEqual([
      ['Logon', 'Success'],
    ]);
  });
});
