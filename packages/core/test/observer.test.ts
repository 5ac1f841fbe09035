// biome-ignore-all lint/suspicious/noThenProperty: thenables are what is tested.
import { describe, expect, it, jest } from '@jest/globals';
import { createLineLimiter } from '../src/authenticator/line-limiter.js';
import { compileGuard, createAuthenticator } from '../src/index.js';

const fail = (why: string): never => {
  throw new Error(why);
};

const late = (why: string): Promise<never> =>
  new Promise((_, reject) => setTimeout(reject, 5, new Error(why)));

type Reject = (error: Error) => void;

it('lets a request go on as it was decided where the words about it fail', () => {
  const now = jest.spyOn(performance, 'now').mockImplementation(() => fail('no clock'));
  const { authenticate } = createAuthenticator({ trustedProxies: '172.20.0.2', log: () => {} });
  const rawHeaders = ['Remote-User', 'john'];
  expect(authenticate({ peer: '172.20.0.9', rawHeaders })).toMatchObject({ kind: 'refused' });
  const nobody = authenticate({ peer: '172.20.0.2', rawHeaders: [] });
  expect(compileGuard()(nobody)).toMatchObject({ kind: 'anonymous' });
  expect(now).toHaveBeenCalledTimes(2);
  now.mockRestore();
});

/** A rejection that nobody hears fails the test, as it ends a Node process. */
describe('an observer, and a log', () => {
  it.each<[what: string, observer: () => unknown]>([
    ['an async function that throws', async () => fail('database is down')],
    ['a promise that rejects later', () => late('database is slow')],
    [
      'a thenable that rejects',
      () => ({ then: (_: unknown, reject: Reject) => reject(new Error('thenable')) }),
    ],
    ['a thenable whose then throws', () => ({ then: () => fail('then') })],
    [
      'a then that cannot be read',
      () => Object.defineProperty({}, 'then', { get: () => fail('') }),
    ],
    [
      'a function that is a thenable',
      () =>
        Object.assign(() => undefined, {
          then: (_: unknown, reject: Reject) => reject(new Error('callable')),
        }),
    ],
    [
      'a promise whose own then does nothing',
      () => Object.assign(late('own then'), { then: () => undefined }),
    ],
    [
      'a promise whose constructor throws',
      () => Object.defineProperty(Promise.resolve(), 'constructor', { get: () => fail('species') }),
    ],
    ['a function that throws', () => fail('plain')],
  ])('that is %s harms nobody (D5)', async (_what, observer) => {
    let told = 0;
    const tell = () => {
      told++;
      return observer();
    };
    const { authenticate } = createAuthenticator({
      trustedProxies: '172.20.0.2',
      onDecision: tell,
      log: tell,
    });
    const kinds = ['172.20.0.2', '172.20.0.9'].map(
      (peer) => authenticate({ peer, rawHeaders: ['Remote-User', 'john'] }).kind,
    );
    expect(kinds).toEqual(['authenticated', 'refused']);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told).toBe(3);
  });
});

describe('the line limiter (D3)', () => {
  it('goes by a clock that nobody sets: a wall clock that steps back or forth neither silences a key nor opens it', () => {
    const wall = jest.spyOn(Date, 'now').mockReturnValue(1_000_000_000_000);
    const steady = jest.spyOn(performance, 'now').mockReturnValue(5_000);
    const limiter = createLineLimiter();
    expect(limiter.admit('a')).toEqual({ suppressed: 0 });
    for (const step of [-365 * 86_400_000, 365 * 86_400_000]) {
      wall.mockReturnValue(1_000_000_000_000 + step);
      expect(limiter.admit('a')).toBeUndefined();
    }
    steady.mockReturnValue(64_999);
    expect(limiter.admit('a')).toBeUndefined();
    wall.mockReturnValue(0);
    steady.mockReturnValue(65_000);
    expect(limiter.admit('a')).toEqual({ suppressed: 3 });
    expect(limiter.admit('a')).toBeUndefined();
    wall.mockRestore();
    steady.mockRestore();
  });

  it('works with the clock of the runtime, which may only be asked as its method', () => {
    const limiter = createLineLimiter();
    expect(limiter.admit('a')).toEqual({ suppressed: 0 });
    expect(limiter.admit('a')).toBeUndefined();
  });
});
