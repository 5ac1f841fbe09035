import { describe, expect, it } from '@jest/globals';
import { formatOwasp } from '../src/formatters/index.js';
import type { DecisionEvent, LoginOutcome, RefusalReason } from '../src/index.js';
import { DENIED, EVENTS, eventAbout, eventsOf, JOHN } from './formatters.js';

const APP = { appid: 'notes' };
const RECORD = { datetime: '2026-11-27T19:01:09.123+00:00', appid: 'notes' };

type About = keyof typeof EVENTS;

describe('formatOwasp (O1)', () => {
  it.each<[about: About, records: readonly (readonly [event: string, level: string])[]]>([
    ['a stranger claims a user', [['authn_login_fail', 'WARN']]],
    [
      'a claim comes twice',
      [
        ['authn_login_fail', 'WARN'],
        ['input_validation_fail:(remote_user)', 'WARN'],
      ],
    ],
    ['a policy denies', [['authz_fail:john,/notes/:id', 'CRITICAL']]],
    [
      'a session starts',
      [
        ['authn_login_success:john', 'INFO'],
        ['session_created:john', 'INFO'],
      ],
    ],
    [
      'a session switches',
      [
        ['authn_login_success:john', 'INFO'],
        ['session_renewed:john', 'INFO'],
      ],
    ],
    // Whose it was, the decision cannot say: it names nobody.
    ['a session ends', [['session_expired', 'INFO']]],
    ['a user signs out', [['session_expired:john,logout', 'INFO']]],
    ['a user cannot be looked up', [['authn_login_fail:john', 'WARN']]],
    ['a request is authenticated', []],
    ['nobody claims anything', []],
  ])('writes what the vocabulary has, where %s', (about, records) => {
    const written = EVENTS[about].flatMap((event) => formatOwasp(event, APP));
    expect(written.map(({ event, level }) => [event, level])).toEqual(records);
    for (const record of written) expect(record).toMatchObject(RECORD);
  });

  it('writes the whole record, with the address of a stranger', () => {
    expect(EVENTS['a stranger claims a user'].flatMap((event) => formatOwasp(event, APP))).toEqual([
      {
        ...RECORD,
        event: 'authn_login_fail',
        level: 'WARN',
        description: 'identity headers were refused: peer-untrusted',
        source_ip: '172.20.0.9',
      },
    ]);
  });

  it('knows no address of a client behind the proxy, and takes what the application says', () => {
    expect(formatOwasp(DENIED, APP)[0]).not.toHaveProperty('source_ip');
    const fields = {
      ...APP,
      useragent: 'curl/8.0\nforged: line',
      source_ip: '203.0.113.7',
      host_ip: '10.0.0.5',
      hostname: 'notes.example.org',
      protocol: 'https',
      port: '443',
      request_uri: '/notes/7',
      request_method: 'GET',
    };
    expect(formatOwasp(DENIED, fields)).toEqual([
      {
        ...RECORD,
        ...fields,
        event: 'authz_fail:john,/notes/:id',
        level: 'CRITICAL',
        description:
          'an authenticated user was denied: group-missing; the route asks for one of "admin"',
        useragent: 'curl/8.0\\u{A}forged: line',
      },
    ]);
    const { route: _, ...unrouted } = DENIED;
    expect(formatOwasp(unrouted, fields)[0]?.event).toBe('authz_fail:john,/notes/7');
    expect(formatOwasp(unrouted, APP)[0]?.event).toBe('authz_fail:john,-');
  });

  it.each([
    ['a,b', 'a%2Cb'],
    ['admin,/everything', 'admin%2C/everything'],
    ['100%', '100%25'],
    ['a%2Cb', 'a%252Cb'],
    ['a\nb', 'a%0Ab'],
    ['jürgen', 'jürgen'],
    ['a\u202Eb', 'a%E2%80%AEb'],
    ['a\uD800b', 'a%EF%BF%BDb'],
    ['a\uDFFFb', 'a%EF%BF%BDb'],
    ['a\uE000b', 'a%EE%80%80b'],
  ])('keeps the user %j one argument', (user, written) => {
    const event = eventAbout({ user }, { login: 'signed-out' });
    expect(formatOwasp(event, APP)[0]?.event).toBe(`session_expired:${written},logout`);
  });

  it.each<[login: LoginOutcome, description: string]>([
    ['started', 'a session began by identity headers'],
    ['switched', 'a session began anew, for another user or other groups'],
    ['ended', 'a session ended: identity headers name nobody any more'],
    ['signed-out', 'a session ended: the user signed out'],
    ['unavailable', 'the application could not say who the user is'],
  ])('describes a login that is %s', (login, description) => {
    const records = formatOwasp(eventAbout(JOHN, { login }), APP);
    expect(new Set(records.map((record) => record.description))).toEqual(new Set([description]));
  });

  it('says why a session expired where it knows whose it was', () => {
    const nobody = {
      decision: { kind: 'anonymous', trusted: true },
      warnings: [],
      time: 0,
    } as const;
    const eventsFor = (event: DecisionEvent) => formatOwasp(event, APP).map((each) => each.event);
    expect(eventsFor(eventAbout(JOHN, { login: 'ended' }))).toEqual([
      'session_expired:john,not-named',
    ]);
    expect(eventsFor({ ...nobody, login: 'signed-out' })).toEqual(['session_expired']);
  });

  it.each<[reason: RefusalReason, header: string | undefined, argument: string]>([
    ['header-repeated', 'Remote-User', 'remote_user'],
    ['header-ambiguous', 'Remote-User', 'remote_user'],
    ['header-hop-by-hop', 'Remote-Groups', 'remote_groups'],
    ['header-malformed', 'X-Forwarded-Preferred-Username', 'x_forwarded_preferred_username'],
    ['headers-too-many', undefined, 'request'],
    ['assertion-malformed', 'Cf-Access-Jwt-Assertion', 'cf_access_jwt_assertion'],
  ])('calls %s what cannot be read, as well', (reason, header, argument) => {
    const decision = { kind: 'refused', reason, ...(header && { header }) } as const;
    const records = formatOwasp({ decision, warnings: [], time: 0, reason }, APP);
    expect(records.map(({ event, level }) => [event, level])).toEqual([
      ['authn_login_fail', 'WARN'],
      [`input_validation_fail:(${argument})`, 'WARN'],
    ]);
  });

  it('writes every authenticated request where the application asks for it', () => {
    const records = formatOwasp(eventAbout(JOHN), { ...APP, eachRequest: true });
    expect(records.map(({ event, level }) => [event, level])).toEqual([
      ['authn_login_success:john', 'INFO'],
    ]);
  });

  it('calls a request of another site what it is, and no login', () => {
    const cross = { kind: 'refused', reason: 'cross-origin', peer: '172.20.0.2' } as const;
    const event = { decision: cross, warnings: [], time: 0, reason: cross.reason };
    expect(formatOwasp(event, APP)).toEqual([
      {
        appid: 'notes',
        datetime: '1970-01-01T00:00:00.000+00:00',
        event: 'malicious_cors',
        level: 'CRITICAL',
        description: 'identity headers were refused: cross-origin',
      },
    ]);
  });

  it('says what was passed over, and which header was at fault', () => {
    const [event] = eventsOf('172.20.0.2', ['Remote_User', 'mallory']);
    const ignored = { kind: 'refused', reason: 'peer-untrusted', peer: '172.20.0.9' } as const;
    expect(event && formatOwasp(event, APP)[1]).toMatchObject({
      event: 'input_validation_fail:(remote_user)',
      description: 'identity headers were refused: header-ambiguous (Remote-User)',
    });
    const [invisible] = eventsOf('172.20.0.2', ['Remote-User', 'a\u0001']);
    expect(invisible && formatOwasp(invisible, APP)[0]?.description).toBe(
      'identity headers were refused: header-malformed (Remote-User: the invisible character U+0001)',
    );
    const passed = { decision: { kind: 'anonymous', trusted: false }, warnings: [] } as const;
    expect(formatOwasp({ ...passed, time: 0, ignored }, APP)[0]).toMatchObject({
      event: 'authn_login_fail',
      source_ip: '172.20.0.9',
    });
  });

  it.each([
    ['is long', 'x'.repeat(3000), `${'x'.repeat(2048)}…`],
    ['just fits', 'x'.repeat(2048), 'x'.repeat(2048)],
    ['just fits as it is written', `${'x'.repeat(2043)}\n`, `${'x'.repeat(2043)}\\u{A}`],
    ['would end in part of a character', `${'x'.repeat(2044)}\n`, `${'x'.repeat(2044)}…`],
  ])('cuts no more than it has to of what %s', (_what, useragent, written) => {
    const [record] = formatOwasp(DENIED, { ...APP, useragent });
    expect(record?.useragent).toBe(written);
  });
});
