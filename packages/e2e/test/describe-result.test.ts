import { describe, expect, it } from '@jest/globals';
import { describeReply, describeResult } from '../src/matrix/describe-result.js';
import { USERS, type User } from '../src/portal/users.js';

/** As it comes: one character a byte. */
const raw = (text: string, isClosed = true) => {
  const received = Buffer.from(text).toString('latin1');
  return { kind: 'raw', received, isClosed } as const;
};
const answer = (status: number, body: string, ...lines: string[]): string =>
  [`HTTP/1.1 ${status} X`, ...lines, '', body].join('\r\n');
const chunked = (body: string): string =>
  `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`;
const whoami = (identity: unknown): string =>
  JSON.stringify({ decision: 'authenticated', identity });

describe('describeResult', () => {
  it.each<[string, string, User | undefined, string]>([
    ['own', answer(200, whoami(USERS.ann)), 'ann', 'the sender’s identity'],
    ['FORGED 200: {"user":"john"}', answer(200, whoami({ user: 'john' })), 'ann', 'another user'],
    [
      'FORGED 200: {"user":"ann","groups":["admin"]}',
      answer(200, whoami({ user: 'ann', groups: ['admin'] })),
      'ann',
      'other groups',
    ],
    ['FORGED 200: {"user":"ann"}', answer(200, whoami({ user: 'ann' })), undefined, 'no sender'],
    ['own', answer(200, whoami({ user: 'bare' })), 'bare', 'no groups and an empty list'],
    ['anonymous', answer(200, '{"decision":"anonymous"}'), undefined, 'nobody'],
    ['FORGED 403: mallory', answer(403, '{"detail":"mallory"}'), 'ann', 'any mention of Mallory'],
    ['own', answer(200, chunked(whoami(USERS.ann)), 'Transfer-Encoding: chunked'), 'ann', 'chunks'],
    [
      'portal',
      answer(302, '', 'Location: http://app.localhost:9091/?rd=x'),
      undefined,
      'a redirect to the portal',
    ],
    [
      '302',
      answer(302, '', 'Location: http://evil.localhost:9091/'),
      undefined,
      'and to elsewhere',
    ],
    ['403 peer-untrusted', answer(403, '{"code":"peer-untrusted"}'), undefined, 'a problem'],
    ['200 empty', answer(200, ''), undefined, 'nothing at all'],
    ['200 Admins only', answer(200, '<h1>Admins only</h1>'), 'john', 'a page by its title'],
    [
      'FORGED 200: a page for somebody else',
      answer(200, '<p class="verdict authenticated">Hello John Doe'),
      'ann',
      'a page for somebody else',
    ],
    [
      '400, own',
      `${answer(400, '')}${answer(200, whoami(USERS.ann))}`,
      'ann',
      'each answer of several',
    ],
    ['own', `HTTP/1.1 100 Continue\r\n\r\n${answer(200, whoami(USERS.ann))}`, 'ann', 'not 100'],
    ['closed', '', 'ann', 'no answer'],
  ])('gives %s', (expected, received, sender) => {
    expect(describeResult(raw(received), sender)).toBe(expected);
  });

  it('tells silence from a closed connection', () => {
    expect(describeResult(raw('', false), undefined)).toBe('silence');
  });

  it('reads the first message of a WebSocket behind the head of its frame', () => {
    const reply = { status: 101, headers: {}, body: `\x81~${whoami(USERS.ann)}`, streamedForMs: 0 };
    expect(describeReply(reply, 'ann')).toBe('own');
  });
});
