import { afterEach, expect, it, jest } from '@jest/globals';
import { expressSession } from '../src/sessions/express-session.js';
import { fastifySession } from '../src/sessions/fastify-session.js';
import { createFailureLog } from '../src/sign-in/failure-log.js';
import { UserLookupError } from '../src/users/user-lookup-error.js';

afterEach(() => {
  jest.restoreAllMocks();
});

function atTime() {
  const clock = { now: 1_800_000_000_000 };
  jest.spyOn(Date, 'now').mockImplementation(() => clock.now);
  const lines: string[] = [];
  return { clock, lines, failed: createFailureLog((line) => lines.push(line)) };
}

it('writes once a minute for each cause', () => {
  const { clock, lines, failed } = atTime();
  const timeout = new UserLookupError('lookup-timeout', 'find', 'no answer for 5 s');
  for (let second = 0; second < 60; second++) {
    failed(timeout);
    clock.now += 1000;
  }
  expect(lines).toEqual([
    'trusted-header: nobody can be signed in, requests get 503: find: no answer for 5 s',
  ]);
  failed(timeout);
  failed(new TypeError('x'));
  expect(lines.length).toBe(3);
});

it('writes again after a clock that stepped back', () => {
  const { clock, lines, failed } = atTime();
  failed(new Error('x'));
  clock.now -= 3_600_000;
  failed(new Error('x'));
  expect(lines.length).toBe(2);
});

it.each([
  ['a text', 'string'],
  [undefined, 'undefined'],
  [null, 'object'],
  [new Error('alice’s password is hunter2'), 'Error'],
  [Object.assign(new Error('x'), { code: '23505' }), 'Error 23505'],
  [Object.assign(new Error('x'), { code: 'alice\nhas signed in' }), 'Error'],
  [Object.assign(new Error('x'), { name: 'alice is the user', code: 5 }), 'object'],
  [Object.assign(new Error('x'), { name: 'x'.repeat(41) }), 'object'],
])('says of %p what can be no text of a request: %s', (thrown, name) => {
  const { lines, failed } = atTime();
  failed(thrown);
  expect(lines).toEqual([
    `trusted-header: nobody can be signed in, requests get 503: the session store threw (${name})`,
  ]);
});

it('writes to the console, if nothing else is said', () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  createFailureLog()(new Error('x'));
  expect(warn.mock.calls).toEqual([
    ['trusted-header: nobody can be signed in, requests get 503: the session store threw (Error)'],
  ]);
});

it('keeps a bounded number of causes in mind', () => {
  const { lines, failed } = atTime();
  for (let i = 0; i < 250; i++) failed(Object.assign(new Error('x'), { code: `E${i}` }));
  failed(Object.assign(new Error('x'), { code: 'E249' }));
  expect(lines.length).toBe(250);
  // The first is forgotten, and written once more.
  failed(Object.assign(new Error('x'), { code: 'E0' }));
  expect(lines.length).toBe(251);
});

it('is not harmed by a log that gives a promise which rejects', async () => {
  const unhandled: unknown[] = [];
  const listen = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', listen);
  createFailureLog(async () => JSON.parse('no JSON'))(new Error('x'));
  await new Promise((resolve) => setTimeout(resolve, 10));
  process.off('unhandledRejection', listen);
  expect(unhandled).toEqual([]);
});

it('is not harmed by an error that cannot be looked at', () => {
  const { lines, failed } = atTime();
  failed({
    get name() {
      throw new Error('x');
    },
  });
  expect(lines).toEqual([
    'trusted-header: nobody can be signed in, requests get 503: the session store threw (object)',
  ]);
});

it('says of a request that has none, where others have a session, nothing of the others', () => {
  const { lines, failed } = atTime();
  try {
    fastifySession.read({ session: {}, sessionStore: {} });
  } catch (error) {
    failed(error);
  }
  expect(lines).toEqual([
    'trusted-header: a request gets 503: its target is outside the path of the session cookie',
  ]);
});

it('says what to do where there is no session: the middleware are in the wrong order', async () => {
  const { lines, failed } = atTime();
  try {
    await expressSession.read({});
  } catch (error) {
    failed(error);
  }
  expect(lines).toEqual([
    'trusted-header: nobody can be signed in, requests get 503: signIn() found no session: put express-session before it',
  ]);
});
