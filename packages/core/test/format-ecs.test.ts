import type { Ecs } from '@elastic/ecs';
import { describe, expect, it } from '@jest/globals';
import { type EcsRecord, formatEcs, type RequestFields } from '../src/formatters/index.js';
import { DENIED, EVENTS, eventAbout, JOHN } from './formatters.js';

const APP = { appid: 'notes' };

/**
 * The types of the published schema: a field that it does not have, or of another type, does not compile here (`pnpm typecheck`).
 * Types in categories are what its documentation calls expected: https://www.elastic.co/docs/reference/ecs/ecs-allowed-values-event-category
 */
type Exact<Ours, Theirs> = {
  [Key in keyof Ours]: Key extends keyof Theirs
    ? Within<Ours[Key], NonNullable<Theirs[Key]>>
    : never;
};
type Within<Ours, Theirs> = Ours extends string | readonly string[] ? Ours : Exact<Ours, Theirs>;
const inSchema = (record: Exact<EcsRecord, Ecs> & EcsRecord): Ecs => record;

const EXPECTED_TYPES: Readonly<Record<string, readonly string[]>> = {
  authentication: ['start', 'end', 'info'],
  iam: ['admin', 'change', 'creation', 'deletion', 'group', 'info', 'user'],
  session: ['start', 'end', 'info'],
};

type About = keyof typeof EVENTS;

describe('formatEcs (O1)', () => {
  it.each<[about: About, action: string, level: string, category: readonly string[], type: string]>(
    [
      ['a stranger claims a user', 'claim-refused', 'warn', ['authentication'], 'info'],
      ['a claim comes twice', 'claim-refused', 'warn', ['authentication'], 'info'],
      ['a policy denies', 'access-denied', 'warn', ['iam'], 'info'],
      ['a session starts', 'session-started', 'info', ['authentication', 'session'], 'start'],
      ['a session switches', 'session-switched', 'info', ['authentication', 'session'], 'start'],
      ['a session ends', 'session-ended', 'info', ['session'], 'end'],
      ['a user signs out', 'signed-out', 'info', ['authentication', 'session'], 'end'],
      ['a user cannot be looked up', 'login-unavailable', 'warn', ['authentication'], 'start'],
    ],
  )('says what happened, where %s', (about, action, level, category, type) => {
    const outcome = level === 'warn' ? 'failure' : 'success';
    const records = EVENTS[about].flatMap((event) => formatEcs(event, APP));
    expect(records.map(({ event, log }) => [event, log.level])).toMatchObject([
      [{ action, outcome, category, type: [type] }, level],
    ]);
    for (const { event } of records) {
      for (const each of event.category) {
        expect(EXPECTED_TYPES[each]).toEqual(expect.arrayContaining(event.type));
      }
    }
  });

  it.each<About>(['a request is authenticated', 'nobody claims anything'])(
    'writes nothing where %s',
    (about) => {
      expect(EVENTS[about].flatMap((event) => formatEcs(event, APP))).toEqual([]);
    },
  );

  it('writes the user of a denial, and what the application knows of the request', () => {
    const records = formatEcs(DENIED, {
      ...APP,
      source_ip: '203.0.113.7',
      host_ip: '10.0.0.5',
      hostname: 'notes-1',
      request_method: 'GET',
      request_uri: '/notes/7',
      useragent: 'curl/8.0',
    });
    expect(records.map((record) => inSchema(record))).toEqual([
      {
        '@timestamp': '2026-11-27T19:01:09.123Z',
        message:
          'an authenticated user was denied: group-missing; the route asks for one of "admin"',
        ecs: { version: '9.4.0' },
        event: {
          kind: 'event',
          module: 'trusted-header',
          dataset: 'trusted-header.decision',
          category: ['iam'],
          type: ['info'],
          action: 'access-denied',
          outcome: 'failure',
          reason: 'group-missing',
        },
        log: { level: 'warn' },
        service: { name: 'notes' },
        user: { name: 'john' },
        source: { ip: '203.0.113.7' },
        related: { user: ['john'], ip: ['203.0.113.7'] },
        host: { ip: ['10.0.0.5'], hostname: 'notes-1' },
        http: { request: { method: 'GET' } },
        url: { original: '/notes/7' },
        user_agent: { original: 'curl/8.0' },
        labels: { trusted_header_profile: 'authelia' },
      },
    ]);
  });

  it('writes no user of a claim that is not believed', () => {
    const [record] = EVENTS['a stranger claims a user'].flatMap((event) => formatEcs(event, APP));
    expect(record).not.toHaveProperty('user');
    expect(record).toMatchObject({
      source: { ip: '172.20.0.9' },
      event: { reason: 'peer-untrusted' },
    });
    expect(record?.related).toStrictEqual({ ip: ['172.20.0.9'] });
  });

  it.each<[field: keyof RequestFields, value: string, written: object]>([
    ['host_ip', '10.0.0.5', { host: { ip: ['10.0.0.5'] } }],
    ['hostname', 'notes-1', { host: { hostname: 'notes-1' } }],
    ['request_method', 'GET', { http: { request: { method: 'GET' } } }],
    ['request_uri', '/notes/7', { url: { original: '/notes/7' } }],
    ['useragent', 'curl/8.0', { user_agent: { original: 'curl/8.0' } }],
    [
      'source_ip',
      '203.0.113.7',
      { source: { ip: '203.0.113.7' }, related: { ip: ['203.0.113.7'] } },
    ],
  ])('has no field for what nobody knows, beside %s', (field, value, written) => {
    const records = EVENTS['a session ends'].flatMap((event) =>
      formatEcs(event, { ...APP, [field]: value }),
    );
    expect(records).toStrictEqual([
      {
        '@timestamp': '2026-11-27T19:01:09.123Z',
        message: 'a session ended: identity headers name nobody any more',
        ecs: { version: '9.4.0' },
        event: {
          kind: 'event',
          module: 'trusted-header',
          dataset: 'trusted-header.decision',
          category: ['session'],
          type: ['end'],
          action: 'session-ended',
          outcome: 'success',
        },
        log: { level: 'info' },
        service: { name: 'notes' },
        ...written,
      },
    ]);
  });

  it('relates a user without an address to the user alone', () => {
    const [record] = formatEcs(DENIED, APP);
    expect(record?.related).toStrictEqual({ user: ['john'] });
    expect(record).not.toHaveProperty('source');
  });

  it('writes every authenticated request where the application asks for it', () => {
    const [record] = formatEcs(eventAbout(JOHN), { ...APP, eachRequest: true });
    expect(record).toMatchObject({
      event: {
        action: 'request-authenticated',
        outcome: 'success',
        category: ['authentication'],
        type: ['info'],
      },
      message: 'a request was authenticated by identity headers',
      user: { name: 'john' },
      log: { level: 'info' },
    });
  });
});
