import { expect, it } from '@jest/globals';
import { type Refusal, refusalError } from '../src/index.js';

const SECRET: Refusal = {
  kind: 'refused',
  reason: 'header-malformed',
  header: 'X-Secret-User',
  peer: '203.0.113.9',
  detail: 'a control character at position 3',
};

it.each([
  [
    { kind: 'anonymous', trusted: true },
    { title: 'Unauthorized', status: 401, code: 'authentication-required', kind: 'anonymous' },
  ],
  [SECRET, { title: 'Forbidden', status: 403, code: 'header-malformed', kind: 'refused' }],
  [
    { kind: 'denied', reason: 'group-missing' },
    { title: 'Forbidden', status: 403, code: 'group-missing', kind: 'denied' },
  ],
  [
    { kind: 'unavailable', reason: 'user-unavailable' },
    { title: 'Service Unavailable', status: 503, code: 'user-unavailable', kind: 'unavailable' },
  ],
] satisfies [Refusal, object][])('tells an application of %j', (refusal, expected) => {
  const error = refusalError(refusal);
  expect(error).toBeInstanceOf(Error);
  expect(JSON.parse(JSON.stringify(error))).toEqual({ type: 'about:blank', ...expected });
  expect(String(error)).toBe(`RefusalError: ${expected.title}: ${expected.code}`);
});

it('holds nothing of what is for the operator, and no stack', () => {
  const error = refusalError(SECRET);
  expect(error.stack).toBe('RefusalError: Forbidden: header-malformed');
  const text = [error.stack, error.message, JSON.stringify({ ...error })].join();
  expect(text).not.toMatch(/Secret|203|position/);
});

it('can be changed, as `createError()` of http-errors does with what it is given', () => {
  const error = refusalError(SECRET);
  expect(Object.assign(error, { statusCode: error.status, expose: true }).statusCode).toBe(403);
});

it('is a refusal of ours for what is none (D5)', () => {
  const error: unknown = Reflect.apply(refusalError, undefined, [undefined]);
  expect(error).toMatchObject({ status: 403, code: 'decision-unknown', kind: 'refused' });
});
