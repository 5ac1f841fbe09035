import { describe, expect, it } from '@jest/globals';
import { exitCodeOf } from '../src/probe/format/severity.js';
import { COOKIE, found, outcomeOf, probeLeaky, startLeaky } from './probe-server.js';

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

  it('for now, since it limits how often one may ask, is asked again later', async () => {
    const settings = { cases: ['TH-P-USER', 'TH-P-GROUPS'] };
    const result = await probeLeaky({ rule: 'pass', limits: true, identity: [] }, settings);
    expect(found(result)).toEqual(['error USER', 'error GROUPS']);
    expect(result.requests).toBe(5);
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
        'the receiver answers; by itself the proxy sends Remote-User (line 6) and Remote-Groups (line 7)',
      ],
      [false, 'the receiver’s answer is about another request: something keeps answers'],
    ]);
  });
});

describe('a proxy that writes its own User-Agent', () => {
  it('is told apart from a cache all the same', async () => {
    const cases = ['TH-P-PLAIN', 'TH-P-USER', 'TH-P-UNDERSCORE'];
    const cached = await probeLeaky(
      { rule: 'pass', hides: 'agent', keepsAnswers: true },
      { cases },
    );
    expect(safeOnes(cached)).toEqual([]);
    expect(exitCodeOf(cached, 'error')).toBe(2);
    const asked = await probeLeaky({ rule: 'strip', hides: 'agent' }, { cases });
    expect(safeOnes(asked)).toEqual(cases);
  });

  // Such as one that knows each header that it lets through.
  it('and deletes the other mark too, is not called safe, and its leaks are leaks', async () => {
    const cases = ['TH-P-PLAIN', 'TH-P-CONNECTION'];
    const result = await probeLeaky({ rule: 'strip', hides: 'marks' }, { cases });
    expect(safeOnes(result)).toEqual([]);
    expect(outcomeOf(result, 'TH-P-PLAIN').says).toBe(
      'the receiver’s answer does not show which request it is about, and may be a kept one: does something on the way delete User-Agent and Trusted-Header-Probe-Mark?',
    );
    const leaky = await probeLeaky({ rule: 'pass', hides: 'marks', identity: [] }, { cases });
    expect(found(leaky)).toContain('error PLAIN');
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

// As `ws` does on another path than its own, and whoever destroys the socket of an upgrade: the claim has arrived there.
describe('an application that refuses upgrades itself', () => {
  it.each([400, 401, 403, 426, 'close'] as const)(
    '(%s) says nothing of the proxy',
    async (upgrades) => {
      const cases = ['TH-P-WEBSOCKET', 'TH-P-H2C-UPGRADE'];
      const result = await probeLeaky({ rule: 'pass', upgrades, identity: [] }, { cases });
      expect(safeOnes(result)).toEqual([]);
      expect(outcomeOf(result, 'TH-P-WEBSOCKET').says).toBe(
        upgrades === 'close'
          ? 'the connection was closed without an answer, by the proxy or by the application’s own listener for upgrades'
          : `the upgrade was refused with ${upgrades}, by the proxy or by the application’s own listener for upgrades`,
      );
    },
  );
});

describe('two applications behind one name', () => {
  it('are each sent the headers that they read themselves', async () => {
    const readsAt = { '/b': ['X-Login', 'X-Team'] };
    const settings = { paths: ['/a', '/b'], cases: ['TH-P-PLAIN', 'TH-P-GROUPS'] };
    // It deletes what the first of them reads, and knows nothing of the other.
    const result = await probeLeaky({ rule: 'strip', readsAt, identity: [] }, settings);
    expect(result.outcomes.filter(({ id }) => settings.cases.includes(id))).toMatchObject([
      { path: '/a', id: 'TH-P-PLAIN', verdict: 'safe' },
      { path: '/a', id: 'TH-P-GROUPS', verdict: 'safe' },
      { path: '/b', id: 'TH-P-PLAIN', verdict: 'leak', headers: ['X-Login', 'X-Team'] },
      { path: '/b', id: 'TH-P-GROUPS', verdict: 'leak', headers: ['X-Team'] },
    ]);
    expect(result.reads.slice(-2)).toEqual(['X-Login', 'X-Team']);
  });
});

describe('a connection that ends', () => {
  it('with something that is no answer has not refused anything', async () => {
    const result = await probeLeaky({ rule: 'pass', shutsAfter: 1, shutsWith: 'garbage' });
    expect(safeOnes(result)).toEqual([]);
    expect(outcomeOf(result, 'TH-P-PLAIN')).toMatchObject({
      verdict: 'unknown',
      says: 'what came is no answer that can be read',
    });
  });
});

describe('the way past the proxy', () => {
  const past = (direct: string, more = {}) =>
    probeLeaky({ rule: 'strip' }, { direct, cases: ['TH-P-PLAIN', 'TH-P-DIRECT'], ...more });

  // Linux has no route of TCP to an address of many.
  it('is no way where this machine has none, which says nothing of a firewall', async () => {
    const result = await past('http://224.0.0.1:3000');
    expect(outcomeOf(result, 'TH-P-DIRECT')).toMatchObject({
      verdict: 'unknown',
      says: 'no way there from this machine (ENETUNREACH): try from one in the same network',
    });
    expect(exitCodeOf(result, 'error')).toBe(2);
  });

  it('is not closed by an option that cannot be', async () => {
    await expect(past('http://[::1]:3000', { localAddress: '127.0.0.1' })).rejects.toThrow(
      /^--direct: http:\/\/\[::1\]:3000 cannot be reached \(EINVAL\); is it the right address/,
    );
  });

  it('proves nothing for the proxy, where the receiver was not met', async () => {
    const application = await startLeaky({ rule: 'strip' });
    try {
      const direct = application.url;
      const cases = ['TH-P-PLAIN', 'TH-P-USER', 'TH-P-DIRECT'];
      const result = await probeLeaky({ shutsAfter: 0, shutsWith: 302 }, { direct, cases });
      expect(result.places.map(({ vantage, met }) => [vantage, met])).toEqual([
        ['front', false],
        ['direct', true],
      ]);
      const proxys = result.outcomes.filter(({ vantage }) => vantage === 'front');
      expect(proxys.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown']);
      expect(exitCodeOf({ ...result, outcomes: proxys }, 'error')).toBe(2);
    } finally {
      await application.stop();
    }
  });
});

describe('a path that the bound on requests has kept from being asked', () => {
  it('is there, with all its cases as left out', async () => {
    const cases = ['TH-P-PLAIN', 'TH-P-USER'];
    const result = await probeLeaky({}, { paths: ['/a', '/b', '/c'], cases, maxRequests: 2 });
    expect(result.places.map(({ path, says }) => [path, says])).toEqual([
      ['/a', expect.stringMatching(/^the receiver answers/)],
      ['/b', expect.stringMatching(/^the receiver answers/)],
      ['/c', 'left out by the bound on requests'],
    ]);
    expect(result.leftOut.map(({ path, id }) => `${path} ${id}`)).toEqual([
      '/a TH-P-PLAIN',
      '/a TH-P-USER',
      '/b TH-P-PLAIN',
      '/b TH-P-USER',
      '/c TH-P-PLAIN',
      '/c TH-P-USER',
    ]);
    expect(exitCodeOf(result, 'error')).toBe(2);
  });
});

describe('a case that cannot be tried', () => {
  it.each(['TH-P-H2', 'TH-P-DIRECT', 'TH-P-EXTRA'])('is no success: %s', async (id) => {
    await expect(probeLeaky({ rule: 'strip' }, { cases: [id] })).rejects.toThrow(
      `--case: ${id} cannot be tried here`,
    );
  });

  it('is none either since there is no way past the proxy, which it is not about', async () => {
    const settings = { direct: 'http://127.0.0.1:1', cases: ['TH-P-H2'] };
    await expect(probeLeaky({ rule: 'strip' }, settings)).rejects.toThrow(
      '--case: TH-P-H2 cannot be tried here',
    );
  });

  it('since there is no way past the proxy, is one', async () => {
    const settings = { direct: 'http://127.0.0.1:1', cases: ['TH-P-DIRECT'] };
    const result = await probeLeaky({ rule: 'strip' }, settings);
    expect(outcomeOf(result, 'TH-P-DIRECT').verdict).toBe('safe');
  });
});
