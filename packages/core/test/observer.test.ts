// biome-ignore-all lint/suspicious/noThenProperty: thenables are what is tested.
import { describe, expect, it } from '@jest/globals';
import { createLineLimiter } from '../src/authenticator/line-limiter.js';
import { createAuthenticator } from '../src/index.js';

const fail = (why: string): never => {
  throw new Error(why);
};

const late = (why: string): Promise<never> =>
  new Promise((_, reject) => setTimeout(reject, 5, new Error(why)));

type Reject = (error: Error) => void;

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

describe('the line limiter, where the clock steps back (D3)', () => {
  it('takes a window that starts in the future for one that is over', () => {
    let time = 1_000_000_000_000;
    const limiter = createLineLimiter(() => time);
    expect(limiter.admit('a')).toEqual({ suppressed: 0 });
    expect(limiter.admit('a')).toBeUndefined();
    time -= 365 * 86_400_000;
    expect(limiter.admit('a')).toEqual({ suppressed: 1 });
    expect(limiter.admit('a')).toBeUndefined();
    time += 59_999;
    expect(limiter.admit('a')).toBeUndefined();
    time += 1;
    expect(limiter.admit('a')).toEqual({ suppressed: 2 });
  });

  it('makes room for new keys, and keeps to one line a minute for those that share', () => {
    let time = 1_000_000_000_000;
    const limiter = createLineLimiter(() => time);
    for (let i = 0; i < 300; i++) limiter.admit(`old ${i}`);
    time -= 365 * 86_400_000;
    expect(limiter.admit('new')).toEqual({ suppressed: 0 });
    expect(limiter.admit('another')).toEqual({ suppressed: 0 });
    expect(limiter.admit('new')).toBeUndefined();
  });
});
