import { describe, expect, it } from '@jest/globals';
import { exitCodeOf } from '../src/probe/format/severity.js';
import { COOKIE, found, outcomeOf, probeLeaky } from './probe-server.js';

/** What is called safe, beside what the control request shows. */
function safeOnes({ outcomes }: Awaited<ReturnType<typeof probeLeaky>>): readonly string[] {
  return outcomes
    .filter(({ id, verdict }) => verdict === 'safe' && !/PEER|PLACEHOLDER/.test(id))
    .map(({ id }) => id);
}

// Each of them lets everything through, and answers a plain request as it should.
describe('a proxy that stops answering', () => {
  it.each([
    ['since it bans who asks so', 403],
    ['since the session has ended', 302],
    ['with the connection closed', 'close'],
    ['since it limits how often one may ask', 429],
  ] as const)('%s has deleted nothing by that', async (_, shutsWith) => {
    const result = await probeLeaky({ rule: 'pass', shutsAfter: 1, shutsWith });
    expect(result.receiver).toBe('met');
    expect(found(result)).toEqual([]);
    expect(safeOnes(result)).toEqual([]);
    expect(exitCodeOf(result, 'error')).toBe(2);
  });

  it('is believed where it has answered until then, and not after that', async () => {
    const result = await probeLeaky({ rule: 'strip', shutsAfter: 3 });
    expect(safeOnes(result)).toEqual(['TH-P-PLAIN', 'TH-P-USER']);
    expect(outcomeOf(result, 'TH-P-GROUPS').says).toBe(
      'refused with 403 before the application; but then a plain request did not reach the application any more either',
    );
  });

  it('costs no more requests than are allowed', async () => {
    const result = await probeLeaky({ rule: 'strip', shutsAfter: 3 }, { maxRequests: 10 });
    expect(result.requests).toBe(10);
    expect(safeOnes(result)).toEqual(['TH-P-PLAIN', 'TH-P-USER']);
  });
});

describe('a cache in front of everything', () => {
  it('repeats what a plain request was told, which tells nothing of the others', async () => {
    const result = await probeLeaky({ rule: 'pass', keepsAnswers: true });
    expect(safeOnes(result)).toEqual([]);
    expect(outcomeOf(result, 'TH-P-PLAIN')).toMatchObject({
      verdict: 'unknown',
      says: 'the receiver’s answer is about another request: something in between keeps answers, or mixes them up',
    });
    expect(exitCodeOf(result, 'error')).toBe(2);
  });

  it('is known in the control request already, where it has kept an answer of an earlier run', async () => {
    const result = await probeLeaky({ rule: 'pass', keepsAnswers: true }, { paths: ['/a', '/b'] });
    expect(result.places.map(({ met, says }) => [met, says])).toEqual([
      [
        true,
        'the receiver answers; by itself the proxy sends Remote-User (line 5) and Remote-Groups (line 6)',
      ],
      [false, 'the receiver’s answer is about another request: something keeps answers'],
    ]);
  });
});

describe('a proxy that lets a value through changed', () => {
  it.each(['upper', 'cut'] as const)('(%s) is not called safe', async (changes) => {
    const result = await probeLeaky({ rule: 'pass', changes, identity: [] });
    const { verdict, says } = outcomeOf(result, 'TH-P-USER');
    expect(verdict).toBe('unknown');
    expect(says).toBe(
      'Remote-User came, which a plain request has not, with another value than was sent: does something on the way change it?',
    );
  });
});

describe('a path that is open, and written otherwise is not', () => {
  it('has whoever has the session named by the proxy, which is no leak', async () => {
    const settings = { paths: ['/public'], cookie: COOKIE };
    const { outcomes } = await probeLeaky({ rule: 'strip', cookie: COOKIE }, settings);
    expect(outcomeOf({ outcomes }, 'TH-P-PATH-ENCODED')).toMatchObject({
      verdict: 'safe',
      decision: { kind: 'authenticated' },
    });
  });
});

describe('an application that reads more than four headers', () => {
  const reads = ['Remote-User', 'Remote-Groups', 'Remote-Name', 'Remote-Email', 'X-Tenant'];

  it('is told of each of them that a client can choose', async () => {
    const result = await probeLeaky({ rule: 'strip', reads: [...reads], identity: [] });
    expect(result.reads).toEqual([...reads]);
    expect(outcomeOf(result, 'TH-P-EXTRA')).toMatchObject({
      verdict: 'leak',
      headers: ['X-Tenant'],
    });
  });

  it('gets no such request where there is nothing else', async () => {
    const { outcomes } = await probeLeaky({ rule: 'strip' });
    expect(outcomes.map(({ id }) => id)).not.toContain('TH-P-EXTRA');
  });
});
