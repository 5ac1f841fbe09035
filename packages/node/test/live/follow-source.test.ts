import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { createAuthenticator, type LiveLists, setupOf } from '@trusted-header/core';
import { describeChange } from '../../src/live/describe-change.js';
import { dnsSource } from '../../src/live/dns-source.js';
import { fileSource } from '../../src/live/file-source.js';
import { followSource } from '../../src/live/follow-source.js';
import { httpsSource } from '../../src/live/https-source.js';
import type { Reading, Source } from '../../src/live/source.js';
import type { TrustListEvent } from '../../src/live/trust-list-event.js';
import { createFakeClock } from './fake-clock.js';

const SECOND = 1000;
const CLAIM = ['Remote-User', 'alice'];

/** A source whose answers the test gives, with the timing of a real one. */
function follow(like: Source, answer: Source['read']) {
  const clock = createFakeClock();
  const authenticator = createAuthenticator({ trustedProxies: like.name, log: false });
  const live: LiveLists | undefined = setupOf(authenticator)?.live;
  if (!live) throw new Error('no set-up');
  const events: TrustListEvent[] = [];
  const reads: number[] = [];
  const source: Source = {
    name: like.name,
    timing: like.timing,
    isEdited: like.isEdited,
    window: like.window,
    read(signal) {
      reads.push(clock.now() / SECOND);
      return answer(signal);
    },
  };
  const following = followSource(source, live.provide, (event) => events.push(event), clock);
  const decide = (peer: string) => authenticator.authenticate({ peer, rawHeaders: CLAIM });
  const believes = (peer: string) => decide(peer).kind === 'authenticated';
  const lines = () => events.map((event) => describeChange(event, source));
  return { clock, following, events, reads, decide, believes, lines };
}

const names = (...entries: string[]): Promise<Reading> =>
  Promise.resolve({ entries, nextMs: 60 * SECOND });
const fails = (why: string) => () => Promise.reject(new Error(why));
const hangs = () => new Promise<never>(() => {});

describe('a source that is followed', () => {
  it('names nobody before its first answer, and is refused with the reason', async () => {
    let answer: () => Promise<Reading> = fails('no answer from DNS, ESERVFAIL');
    const { clock, decide, following, believes, lines } = follow(dnsSource('dns:a'), () =>
      answer(),
    );
    expect(decide('10.0.0.1')).toMatchObject({
      kind: 'refused',
      reason: 'peer-untrusted',
      detail: 'dns:a has no addresses yet',
    });
    await clock.pass(0);
    await following.first;
    expect(decide('10.0.0.1')).toMatchObject({
      detail: 'dns:a has no addresses yet: no answer from DNS, ESERVFAIL',
    });
    answer = () => names('10.0.0.1');
    await clock.pass(5 * SECOND);
    expect(believes('10.0.0.1')).toBe(true);
    expect(lines()).toEqual([
      'dns:a names nobody (no answer from DNS, ESERVFAIL): nobody is believed for it',
      'dns:a names 10.0.0.1 (came: 10.0.0.1); an address that dns:a no longer names is believed for at most 65 s, or 300 s while nobody answers',
    ]);
  });

  it('believes an address that is gone for no longer than the line says, and a new one as soon', async () => {
    let answer = () => names('10.0.0.1');
    const { clock, believes, lines } = follow(dnsSource('dns:a'), () => answer());
    await clock.pass(0);
    // The worst that can be: the address changes right after an answer that holds for a minute, and the next one takes five seconds.
    answer = () =>
      new Promise((resolve) => {
        clock.after(4_999, () => resolve({ entries: ['10.0.0.2'], nextMs: 60 * SECOND }));
      });
    let gone = 0;
    while (believes('10.0.0.1')) {
      await clock.pass(SECOND / 2);
      gone += 0.5;
    }
    expect(gone).toBe(65);
    expect(believes('10.0.0.2')).toBe(true);
    expect(lines().at(-1)).toContain(
      'dns:a names 10.0.0.2 (came: 10.0.0.2; went: 10.0.0.1); an address that dns:a no longer names is believed for at most 65 s,',
    );
  });

  it('keeps what a name stood for while nobody answers, for five minutes and no longer', async () => {
    let answer: () => Promise<Reading> = () => names('10.0.0.1');
    const { clock, believes, events, lines, decide, following } = follow(dnsSource('dns:a'), () =>
      answer(),
    );
    await clock.pass(0);
    answer = hangs;
    await clock.pass(299 * SECOND);
    expect([believes('10.0.0.1'), following.status().state]).toEqual([true, 'stale']);
    await wait(5);
    const before = new Date().toISOString();
    await clock.pass(2 * SECOND);
    expect([believes('10.0.0.1'), following.status().state]).toEqual([false, 'failed']);
    expect(events.map(({ state, removed }) => [state, removed])).toEqual([
      ['fresh', []],
      ['stale', []],
      ['failed', ['10.0.0.1']],
    ]);
    expect(lines().slice(1)).toEqual([
      'dns:a could not be read (no answer within 5 s): what it named before is still believed; an address that dns:a no longer names is believed for at most 65 s, or 300 s while nobody answers',
      'dns:a names nobody (no answer within 5 s): nobody is believed for it (went: 10.0.0.1)',
    ]);
    expect(decide('10.0.0.1')).toMatchObject({
      detail: expect.stringMatching(/^dns:a has none since 20\d\d-.*Z: no answer within 5 s$/),
    });
    // Not since the last answer: it was believed for five minutes more.
    const [since = ''] = /20\d\d-.*Z/.exec(Object(decide('10.0.0.1')).detail) ?? [];
    expect(since >= before).toBe(true);
    answer = () => names('10.0.0.1');
    await clock.pass(10 * SECOND);
    expect(believes('10.0.0.1')).toBe(true);
  });

  it('counts the five minutes from the last answer, not from the first', async () => {
    let answer: () => Promise<Reading> = () => names('10.0.0.1');
    const { clock, believes } = follow(dnsSource('dns:a'), () => answer());
    await clock.pass(1000 * SECOND);
    answer = fails('x');
    await clock.pass(230 * SECOND);
    expect(believes('10.0.0.1')).toBe(true);
    await clock.pass(71 * SECOND);
    expect(believes('10.0.0.1')).toBe(false);
  });

  it('takes no name for an answer: its addresses go at once', async () => {
    let answer: () => Promise<Reading> = () => names('10.0.0.1');
    const { clock, believes, lines } = follow(dnsSource('dns:a'), () => answer());
    await clock.pass(0);
    answer = () =>
      Promise.resolve({ entries: [], none: 'there is no such name', nextMs: 5 * SECOND });
    await clock.pass(60 * SECOND);
    expect(believes('10.0.0.1')).toBe(false);
    expect(lines().at(-1)).toBe(
      'dns:a names nobody (there is no such name): nobody is believed for it (went: 10.0.0.1)',
    );
  });

  it('keeps the last good answer where the list refuses the new one, and says why in one line', async () => {
    let answer = () => names('10.0.0.1');
    const { clock, believes, lines, following } = follow(dnsSource('dns:a'), () => answer());
    await clock.pass(0);
    answer = () => names('10.0.0.2', '0.0.0.0', '10.0.0.0/8');
    await clock.pass(60 * SECOND);
    expect(['10.0.0.1', '10.0.0.2', '0.0.0.0'].map(believes)).toEqual([true, false, false]);
    expect(following.status()).toEqual({
      source: 'dns:a',
      state: 'stale',
      entries: ['10.0.0.1'],
      because:
        'dns:a[1]: "0.0.0.0" is never the address of a proxy elsewhere; leave it out and 1 more such',
    });
    for (const line of lines()) expect(line).not.toMatch(/[\r\n]/);
  });

  it('says that it can be read again, also within the minute', async () => {
    let answer: () => Promise<Reading> = () => names('10.0.0.1');
    const { clock, lines, following } = follow(dnsSource('dns:a'), () => answer());
    await clock.pass(0);
    answer = fails('no answer from DNS, ESERVFAIL');
    await clock.pass(60 * SECOND);
    answer = () => names('10.0.0.1');
    await clock.pass(5 * SECOND);
    expect(lines().at(-1)).toBe('dns:a can be read again, and names what it did');
    expect(following.status()).toStrictEqual({
      source: 'dns:a',
      state: 'fresh',
      entries: ['10.0.0.1'],
    });
  });

  it.each([
    ['no\r\nanswer\r\n\r\nat all', 'no and 2 more such'],
    ['x'.repeat(1_000), 'x'.repeat(300)],
  ])('says why in one line of bounded length: %.20j', async (why, says) => {
    const { clock, following } = follow(dnsSource('dns:a'), fails(why));
    await clock.pass(0);
    expect(following.status().because).toBe(says);
  });

  it('asks every five seconds while a name has no answer, and says so once a minute', async () => {
    let attempt = 0;
    const { clock, reads, events } = follow(dnsSource('dns:a'), () => fails(`no ${++attempt}`)());
    await clock.pass(119 * SECOND);
    expect(reads.slice(0, 4)).toEqual([0, 5, 10, 15]);
    expect(events.map(({ because }) => because)).toEqual(['no 1', 'no 13']);
  });

  it('waits longer after each failure of a list on the web, and keeps it for a day', async () => {
    let answer: () => Promise<Reading> = () =>
      Promise.resolve({ entries: ['10.0.0.0/8'], nextMs: 3600 * SECOND });
    const { clock, reads, believes, events } = follow(httpsSource('https://a.example/b'), () =>
      answer(),
    );
    await clock.pass(0);
    answer = () => fails(`answers ${500 + reads.length}`)();
    await clock.pass(3600 * SECOND + 1600 * SECOND);
    expect(reads).toEqual([0, 3600, 3605, 3615, 3635, 3675, 3755, 3915, 4235, 4835]);
    // Nobody edits it: one line a minute says enough.
    expect(events.map(({ because }) => because)).toEqual([
      undefined,
      'answers 502',
      'answers 506',
      'answers 507',
      'answers 508',
      'answers 509',
      'answers 510',
    ]);
    await clock.pass(86_399 * SECOND - clock.now());
    expect(believes('10.9.9.9')).toBe(true);
    await clock.pass(SECOND);
    expect(believes('10.9.9.9')).toBe(false);
  });

  it('keeps what a file said without end, and tells of each fault', async () => {
    let answer: () => Promise<Reading> = () => names('10.0.0.1');
    const { clock, believes, lines } = follow(fileSource('file:/x'), () => answer());
    await clock.pass(0);
    answer = fails('there is no such file');
    await clock.pass(60 * SECOND);
    answer = fails('is empty');
    await clock.pass(100_000 * SECOND);
    expect(believes('10.0.0.1')).toBe(true);
    expect(lines().slice(1)).toEqual([
      'file:/x could not be read (there is no such file): what it named before is still believed; while it cannot be read, what it named last is believed without end',
      'file:/x could not be read (is empty): what it named before is still believed; while it cannot be read, what it named last is believed without end',
    ]);
  });

  it.each([dnsSource('dns:a'), httpsSource('https://a.example/b')])(
    'looks sooner when it is hurried, and five seconds apart at most: $name',
    async (source) => {
      const { clock, reads, following } = follow(source, () => names('10.0.0.1'));
      await clock.pass(20 * SECOND);
      for (let i = 0; i < 100; i++) following.hurry();
      await clock.pass(SECOND);
      for (let i = 0; i < 100; i++) following.hurry();
      await clock.pass(4 * SECOND);
      for (let i = 0; i < 100; i++) following.hurry();
      await clock.pass(59 * SECOND);
      expect(reads).toEqual([0, 20, 25, 30]);
    },
  );

  it('looks again after a read during which it was hurried', async () => {
    let answer = () => names('10.0.0.1');
    const { clock, reads, following } = follow(dnsSource('dns:a'), () => answer());
    await clock.pass(0);
    answer = () => {
      if (reads.length === 2) following.hurry();
      return names('10.0.0.1');
    };
    await clock.pass(100 * SECOND);
    expect(reads).toEqual([0, 60, 65]);
  });

  it('stops when it is closed, also in the middle of a read', async () => {
    const answers: (() => void)[] = [];
    const { clock, reads, following, believes, events } = follow(
      dnsSource('dns:a'),
      () =>
        new Promise((resolve) => answers.push(() => resolve({ entries: ['10.0.0.1'], nextMs: 0 }))),
    );
    following.close();
    await following.first;
    for (const answer of answers) answer();
    await clock.pass(1000 * SECOND);
    following.hurry();
    await clock.pass(1000 * SECOND);
    expect([reads.length, believes('10.0.0.1'), events.length]).toEqual([1, false, 0]);
  });

  it('ends a read that takes too long, and one that nobody waits for any more', async () => {
    const signals: AbortSignal[] = [];
    const { clock, following } = follow(dnsSource('dns:a'), (signal) => {
      signals.push(signal);
      return hangs();
    });
    const aborted = () => signals.map((signal) => signal.aborted);
    await clock.pass(4_999);
    expect(aborted()).toEqual([false]);
    await clock.pass(6 * SECOND);
    expect(aborted()).toEqual([true, false]);
    following.close();
    expect(aborted()).toEqual([true, true]);
  });

  it('finds what came and went in a long list without holding up the process', async () => {
    const list = (net: number) =>
      Array.from({ length: 40_000 }, (_, i) => `${net}.0.${i >> 8}.${i & 255}`);
    let answer = () => names(...list(10));
    const clock = createFakeClock();
    const events: TrustListEvent[] = [];
    const source = { ...fileSource('file:/x'), read: () => answer() };
    // As if nothing were compiled, which is core's matter.
    followSource(
      { ...source, observe: () => () => {} },
      (_, entries) => entries,
      (event) => events.push(event),
      clock,
    );
    await clock.pass(0);
    answer = () => names(...list(11));
    const begin = performance.now();
    await clock.pass(60 * SECOND);
    const took = performance.now() - begin;
    expect(events.at(-1)).toMatchObject({ added: { length: 40_000 }, removed: { length: 40_000 } });
    // Some 50 ms, and several seconds where each entry is looked for in a list.
    expect(took).toBeLessThan(1_500);
  });
});
