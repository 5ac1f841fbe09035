import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { createLineLimiter } from '../src/authenticator/line-limiter.js';

/** What an observer does is no fault of the request (D5): run in a process of its own, which a rejection would end. */
const OBSERVERS = {
  'an async function that throws': 'async () => { throw new Error("database is down"); }',
  'a promise that rejects later':
    '() => new Promise((_, reject) => setTimeout(reject, 5, new Error("late")))',
  'a thenable that rejects': '() => ({ then: (_, reject) => reject(new Error("thenable")) })',
  'a thenable whose then throws': '() => ({ then() { throw new Error("then"); } })',
  'a then that cannot be read': '() => ({ get then() { throw new Error("getter"); } })',
  'a function that is a thenable':
    '() => Object.assign(() => {}, { then: (_, reject) => reject(new Error("callable")) })',
  'a promise whose own then does nothing':
    '() => Object.assign(Promise.reject(new Error("own then")), { then: () => {} })',
  'a promise whose constructor throws':
    '() => Object.defineProperty(Promise.resolve(), "constructor", { get() { throw new Error("species"); } })',
  'a function that throws': '() => { throw new Error("plain"); }',
};

const INDEX = new URL('../dist/index.js', import.meta.url).href;

describe('an observer, and a log', () => {
  it.each(Object.entries(OBSERVERS))('that gives %s harms nobody', (_what, observer) => {
    const program = `
      import { createAuthenticator } from ${JSON.stringify(INDEX)};
      const observer = ${observer};
      const { authenticate } = createAuthenticator({ trustedProxies: '172.20.0.2', onDecision: observer, log: observer });
      const user = ['Remote-User', 'john'];
      const kinds = ['172.20.0.2', '172.20.0.9'].map((peer) => authenticate({ peer, rawHeaders: user }).kind);
      setTimeout(() => console.log(kinds.join()), 30);`;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--unhandled-rejections=strict', '-e', program],
      { encoding: 'utf8', env: {} },
    );
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: 'authenticated,refused\n',
      stderr: '',
    });
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
