import { describe, expect, it } from '@jest/globals';
import { runProbe } from '../src/probe/index.js';
import { COOKIE, found, outcomeOf, probeLeaky, startLeaky, TOKEN } from './probe-server.js';

/** Read by the application's own framework, or carried by anybody: no proxy deletes them, and they name nobody. */
const NOTES = ['note PROOFS', 'note NEXT'];
const FAMILIES = [
  'note FAMILY-AUTHENTIK',
  'note FAMILY-FORWARDED',
  'note FAMILY-AUTH-REQUEST',
  'note FAMILY-TAILSCALE',
];

describe('a proxy that deletes what clients send', () => {
  it('is clean: no error and no warning', async () => {
    const result = await probeLeaky({ rule: 'strip' });
    expect(result.receiver).toBe('met');
    expect(result.adapter).toBe('express');
    expect(found(result)).toEqual([...FAMILIES, ...NOTES]);
    expect(result.outcomes.filter(({ verdict }) => verdict === 'unknown')).toEqual([]);
  });

  it('is told what it sends by itself', async () => {
    const { places } = await probeLeaky({ rule: 'strip' });
    expect(places).toEqual([
      {
        vantage: 'front',
        path: '/',
        met: true,
        says: 'the receiver answers; by itself the proxy sends Remote-User (line 6) and Remote-Groups (line 7)',
      },
    ]);
  });
});

describe('a proxy that lets through', () => {
  it('everything: whoever is not signed in is whoever they say', async () => {
    const result = await probeLeaky({ rule: 'pass', identity: [] });
    expect(outcomeOf(result, 'TH-P-PLAIN')).toMatchObject({
      verdict: 'leak',
      level: 'error',
      says: 'believed: the client chooses its own user, groups, name and email',
      headers: ['Remote-User', 'Remote-Groups', 'Remote-Name', 'Remote-Email'],
      decision: { kind: 'authenticated' },
    });
    expect(outcomeOf(result, 'TH-P-GROUPS')).toMatchObject({
      level: 'error',
      says: 'arrived as Remote-Groups; refused here for another reason (user-missing), it would be believed otherwise',
    });
    expect(outcomeOf(result, 'TH-P-TWO-LINES')).toMatchObject({
      level: 'warning',
      says: 'arrived as Remote-User; refused here (header-repeated); another application behind this proxy may believe it',
    });
    expect(outcomeOf(result, 'TH-P-FAMILY-FORWARDED').level).toBe('warning');
    expect(outcomeOf(result, 'TH-P-FAMILY-OTHER').level).toBe('warning');
  });

  it('everything beside its own lines: nobody can sign in, and nobody is believed', async () => {
    const result = await probeLeaky({ rule: 'pass' });
    expect(outcomeOf(result, 'TH-P-USER')).toMatchObject({
      level: 'warning',
      decision: { kind: 'refused', reason: 'header-repeated' },
    });
    // It sends no e-mail address of its own: the client's is taken.
    expect(outcomeOf(result, 'TH-P-EMAIL')).toMatchObject({
      level: 'error',
      says: 'believed: the client chooses its own email',
    });
  });

  it('what the answer of its authorization server lacks, as Caddy 2.9.0 to 2.11.1', async () => {
    const result = await probeLeaky({ rule: 'keeps-absent', identity: ['Remote-User', 'ann'] });
    expect(outcomeOf(result, 'TH-P-USER').verdict).toBe('safe');
    expect(outcomeOf(result, 'TH-P-GROUPS')).toMatchObject({
      level: 'error',
      says: 'believed: the client chooses its own groups',
    });
  });

  it('other spellings', async () => {
    const result = await probeLeaky({ rule: 'aliases' });
    expect(
      found(result).filter((one) => !one.includes('FAMILY') && !one.startsWith('note')),
    ).toEqual(['warning UNDERSCORE', 'warning DOT']);
    expect(outcomeOf(result, 'TH-P-UNDERSCORE')).toMatchObject({
      headers: ['Remote_User', 'Remote_Groups', 'Remote_Name', 'Remote_Email'],
      decision: { kind: 'refused', reason: 'header-ambiguous' },
    });
  });

  it('Connection with the names of headers in it', async () => {
    const result = await probeLeaky({ rule: 'connection' });
    expect(outcomeOf(result, 'TH-P-CONNECTION')).toMatchObject({
      level: 'warning',
      headers: ['Connection'],
      decision: { kind: 'refused', reason: 'header-hop-by-hop' },
    });
  });

  it('Connection, and obeys it: its own headers are gone', async () => {
    const result = await probeLeaky({ rule: 'drops' });
    expect(outcomeOf(result, 'TH-P-CONNECTION')).toMatchObject({
      level: 'warning',
      says: 'the client made the proxy’s own remote-user and remote-groups disappear',
    });
  });

  it('everything in one nested location, which is met on its own path', async () => {
    const result = await probeLeaky(
      { rule: 'nested', cookie: COOKIE },
      {
        cookie: COOKIE,
        paths: ['/', '/public'],
      },
    );
    expect(outcomeOf(result, 'TH-P-PLAIN', { path: '/' }).verdict).toBe('safe');
    expect(outcomeOf(result, 'TH-P-PLAIN', { path: '/public' })).toMatchObject({
      level: 'error',
      decision: { kind: 'authenticated' },
    });
  });

  it('a method that it does not ask about', async () => {
    const result = await probeLeaky(
      { cookie: COOKIE, optionsPass: true },
      { paths: ['/', '/public'] },
    );
    expect(outcomeOf(result, 'TH-P-OPTIONS', { path: '/' })).toMatchObject({
      level: 'warning',
      says: 'reached the application, where a plain request is asked to sign in (302)',
    });
  });
});

describe('the control request', () => {
  it('shows that the application does not trust the proxy, and what would be believed if it did', async () => {
    const result = await probeLeaky({ rule: 'pass', isTrusted: false, identity: [] });
    expect(outcomeOf(result, 'TH-P-PEER')).toMatchObject({
      verdict: 'fault',
      level: 'warning',
      says: 'the application does not trust its peer: nobody can sign in through this proxy; add the proxy’s address to TRUSTED_PROXIES',
    });
    expect(outcomeOf(result, 'TH-P-PLAIN')).toMatchObject({
      level: 'error',
      decision: { kind: 'refused', reason: 'peer-untrusted' },
    });
  });

  // Lines pasted beside older ones: nobody can sign in, and no canary arrives.
  it('shows that the application refuses what the proxy sends by itself', async () => {
    const twice = ['Remote-User', 'ann', 'Remote-User', 'ann'];
    const result = await probeLeaky({ identity: twice });
    expect(outcomeOf(result, 'TH-P-PEER')).toMatchObject({
      verdict: 'fault',
      level: 'warning',
      says: 'the application refuses what the proxy sends by itself (header-repeated, Remote-User): nobody can sign in here',
      headers: ['Remote-User'],
    });
  });

  it('says once that nobody can sign in for a variable that is not filled in', async () => {
    const result = await probeLeaky({ identity: ['Remote-User', '(null)'] });
    expect(outcomeOf(result, 'TH-P-PLACEHOLDER').level).toBe('warning');
    expect(outcomeOf(result, 'TH-P-PEER').level).toBe('none');
  });

  it.each(['TH-P-PEER', 'th-p-placeholder'])('alone is tried as %s', async (id) => {
    const result = await probeLeaky({}, { cases: [id] });
    expect(result.outcomes.map((one) => one.id)).toEqual(['TH-P-PEER', 'TH-P-PLACEHOLDER']);
    expect(result.requests).toBe(1);
  });

  it('shows a variable that the proxy did not fill in', async () => {
    const result = await probeLeaky({ identity: ['Remote-User', 'ann', 'Remote-Name', '(null)'] });
    expect(outcomeOf(result, 'TH-P-PLACEHOLDER')).toMatchObject({
      verdict: 'fault',
      level: 'warning',
      says: 'the proxy sends a variable that it did not fill in, in Remote-Name',
    });
  });
});

describe('where somebody must sign in', () => {
  it('nothing is called safe without a session', async () => {
    const result = await probeLeaky({ cookie: COOKIE });
    expect(result.receiver).toBe('not-met');
    expect(new Set(result.outcomes.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']));
    expect(outcomeOf(result, 'TH-P-PLAIN').says).toBe(
      'asked to sign in (302) like a plain request',
    );
  });

  it('a session is enough', async () => {
    const result = await probeLeaky({ cookie: COOKIE }, { cookie: COOKIE });
    expect(result.receiver).toBe('met');
    expect(outcomeOf(result, 'TH-P-PLAIN').verdict).toBe('safe');
  });
});

describe('without a receiver', () => {
  it('a name that comes back is a leak', async () => {
    const result = await probeLeaky({ rule: 'pass', hasReceiver: false, echo: 'headers' });
    expect(outcomeOf(result, 'TH-P-PLAIN')).toMatchObject({
      level: 'error',
      says: 'the answer (200) shows what was sent in Remote-User, Remote-Groups, Remote-Name and Remote-Email',
    });
  });

  it('nothing is called safe', async () => {
    const result = await probeLeaky({ rule: 'strip', hasReceiver: false });
    expect(new Set(result.outcomes.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']));
    expect(outcomeOf(result, 'TH-P-PLAIN').says).toBe('answered 200 like a plain request');
    expect(outcomeOf(result, 'TH-P-SPACE-COLON').says).toBe(
      'answered 400, where a plain request got 200',
    );
  });

  it('and without a token there is none to expect', async () => {
    const result = await probeLeaky({ rule: 'strip' }, { token: undefined });
    expect(result.receiver).toBe('not-asked');
  });
});

describe('a run', () => {
  it('sends no more requests than it may, says what it left out, and reaches no handler', async () => {
    const proxy = await startLeaky({});
    try {
      const result = await runProbe({
        url: proxy.url,
        paths: ['/', '/a', '/b', '/c', '/d', '/e'],
        token: TOKEN,
        requestsPerSecond: 1000,
      });
      const { requests, handled } = await proxy.seen();
      // Two that Node itself answers with 400 on each path do not come so far.
      expect(result.requests).toBe(150);
      expect(requests).toBeLessThanOrEqual(151);
      expect(handled).toBe(0);
      expect(result.leftOut).toContainEqual({
        id: 'TH-P-LINES-1100',
        vantage: 'front',
        path: '/e',
      });
      // The most important are tried everywhere before the others are anywhere.
      expect(result.outcomes.filter(({ id }) => id === 'TH-P-GROUPS')).toHaveLength(6);
    } finally {
      await proxy.stop();
    }
  });

  it('is paced', async () => {
    const proxy = await startLeaky({});
    try {
      const began = performance.now();
      const cases = ['TH-P-PLAIN', 'TH-P-USER', 'TH-P-NAME'];
      const settings = { url: proxy.url, paths: ['/'], token: TOKEN, cases };
      // The control and three more: at five a second, which is the default, the last goes out after 0.6 seconds.
      expect((await runProbe(settings)).requests).toBe(4);
      expect(performance.now() - began).toBeGreaterThan(590);
    } finally {
      await proxy.stop();
    }
  });

  it('goes to the paths that it is given, and follows no redirect', async () => {
    const proxy = await startLeaky({ cookie: COOKIE });
    try {
      await runProbe({ url: proxy.url, paths: ['/a'], requestsPerSecond: 1000 });
      const { paths } = await proxy.seen();
      expect([...new Set(paths)].sort()).toEqual(
        ['/%61', '//a', '/a', '/th-probe/../a', `${proxy.url}/a`].sort(),
      );
    } finally {
      await proxy.stop();
    }
  });
});
