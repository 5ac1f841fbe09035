import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generate } from 'selfsigned';
import { runProbe } from '../src/probe/index.js';
import { type LeakyProxy, outcomeOf, probeLeaky, startLeaky, TOKEN } from './probe-server.js';

const FAST = { paths: ['/'], token: TOKEN, requestsPerSecond: 1000 } as const;

describe('behind TLS', () => {
  let proxy: LeakyProxy;
  let cert = '';
  beforeAll(async () => {
    const made = await generate([{ name: 'commonName', value: 'app.example.com' }], {
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: 'app.example.com' }] },
      ],
    });
    cert = made.cert;
    proxy = await startLeaky({ tls: { key: made.private, cert }, rule: 'pass', identity: [] });
  });
  afterAll(async () => {
    await proxy.stop();
  });

  it('tries HTTP/2 by ALPN, by the name and at the address that it is given', async () => {
    const result = await runProbe({
      ...FAST,
      url: `https://app.example.com:${proxy.port}`,
      address: '127.0.0.1',
      ca: cert,
    });
    expect(result.receiver).toBe('met');
    expect(outcomeOf(result, 'TH-P-H2')).toMatchObject({
      level: 'error',
      says: 'believed: the client chooses its own user, groups, name and email',
    });
    expect(outcomeOf(result, 'TH-P-H2-SPELLINGS')).toMatchObject({
      level: 'warning',
      headers: ['remote_user', 'remote_groups', 'remote_name', 'remote_email'],
    });
    expect(result.outcomes.map(({ id }) => id)).not.toContain('TH-P-H2C');
  });

  // Others may well get an answer by it.
  it.each([
    ['TH-P-H2', 'politely'],
    ['TH-P-H2', 'at once'],
    ['TH-P-H2-SPELLINGS', 'politely'],
    ['TH-P-H2-SPELLINGS', 'at once'],
  ] as const)(
    'tells nothing of HTTP/2 that is agreed upon, and then not spoken: %s, closed %s',
    async (id, h2Closes) => {
      const made = await generate([{ name: 'commonName', value: 'localhost' }]);
      const tls = { key: made.private, cert: made.cert };
      const result = await probeLeaky({ tls, h2Closes }, { insecure: true, cases: [id] });
      expect(outcomeOf(result, id)).toMatchObject({
        verdict: 'unknown',
        says: 'HTTP/2 was agreed upon, and the connection closed without an answer',
      });
    },
  );

  it('lets no server choose how a request is framed, and goes on', async () => {
    const made = await generate([{ name: 'commonName', value: 'localhost' }]);
    const result = await probeLeaky(
      {
        tls: { key: made.private, cert: made.cert },
        reads: ['Connection', 'Content-Length', 'User-Agent', 'Remote-User'],
      },
      { insecure: true },
    );
    expect(result.reads).toEqual(['Remote-User']);
    expect(outcomeOf(result, 'TH-P-H2').verdict).toBe('safe');
  });

  it('takes no certificate that nobody vouches for, unless it is told to', async () => {
    const url = proxy.url;
    await expect(runProbe({ ...FAST, url })).rejects.toThrow(
      /^url: https:\/\/127\.0\.0\.1:\d+ shows no certificate to believe \(DEPTH_ZERO_SELF_SIGNED_CERT\); name its authority with --ca <file>, or take --insecure/,
    );
    const result = await runProbe({ ...FAST, url, insecure: true, cases: ['TH-P-PLAIN'] });
    expect(outcomeOf(result, 'TH-P-PLAIN').level).toBe('error');
  });

  it('takes no certificate for another name', async () => {
    const url = proxy.url;
    await expect(runProbe({ ...FAST, url, ca: cert })).rejects.toThrow(
      'ERR_TLS_CERT_ALTNAME_INVALID',
    );
  });

  it('says so where no TLS is spoken', async () => {
    const plain = await startLeaky({});
    try {
      const url = plain.url.replace('http:', 'https:');
      await expect(runProbe({ ...FAST, url })).rejects.toThrow('shows no certificate to believe');
    } finally {
      await plain.stop();
    }
  });
});

describe('without TLS', () => {
  it('finds a server that speaks HTTP/2 there', async () => {
    const proxy = await startLeaky({ isH2c: true, rule: 'pass', identity: [] });
    try {
      const result = await runProbe({ ...FAST, url: proxy.url, cases: ['TH-P-H2C'] });
      // A plain request by HTTP/1 is not understood, so there is nothing to compare with.
      expect(outcomeOf(result, 'TH-P-H2C')).toMatchObject({
        level: 'error',
        says: 'believed: the client chooses its own user, groups, name and email',
      });
    } finally {
      await proxy.stop();
    }
  });

  it('knows that HEAD is answered like GET, by the length of the answer', async () => {
    const good = await probeLeaky({ rule: 'strip' }, { cases: ['TH-P-PLAIN', 'TH-P-HEAD'] });
    expect(outcomeOf(good, 'TH-P-HEAD')).toMatchObject({
      verdict: 'safe',
      says: 'answered like GET: did not arrive',
    });
    const bad = await probeLeaky(
      { rule: 'pass', identity: [] },
      { cases: ['TH-P-PLAIN', 'TH-P-HEAD'] },
    );
    expect(outcomeOf(bad, 'TH-P-HEAD')).toMatchObject({
      level: 'error',
      says: 'answered like GET: believed: the client chooses its own user, groups, name and email',
    });
    const other = await probeLeaky(
      { rule: 'strip', headPasses: true },
      { cases: ['TH-P-PLAIN', 'TH-P-HEAD'] },
    );
    expect(outcomeOf(other, 'TH-P-PLAIN').verdict).toBe('safe');
    expect(outcomeOf(other, 'TH-P-HEAD').verdict).toBe('unknown');
    const alone = await probeLeaky({}, { cases: ['TH-P-HEAD'] });
    expect(outcomeOf(alone, 'TH-P-HEAD').verdict).toBe('unknown');
  });

  it('tries other methods only where it is asked to', async () => {
    const usual = await probeLeaky({});
    expect(usual.outcomes.map(({ id }) => id)).not.toContain('TH-P-METHOD');
    const asked = await probeLeaky({ rule: 'pass', identity: [] }, { methods: ['POST'] });
    expect(outcomeOf(asked, 'TH-P-METHOD')).toMatchObject({ title: 'POST', level: 'error' });
  });
});

describe('past the proxy', () => {
  it('an application that believes this machine is found', async () => {
    const application = await startLeaky({ rule: 'pass', identity: [] });
    try {
      const result = await runProbe({
        ...FAST,
        url: application.url,
        direct: application.url,
        cookie: 'session=c2VjcmV0',
      });
      expect(outcomeOf(result, 'TH-P-PEER', { vantage: 'direct' })).toMatchObject({
        level: 'error',
        says: 'this machine’s address is among the trusted proxies: whatever it sends is believed',
      });
      expect(outcomeOf(result, 'TH-P-DIRECT')).toMatchObject({
        level: 'error',
        says: 'believed: the client chooses its own user, groups, name and email',
      });
      expect(outcomeOf(result, 'TH-P-UNDERSCORE', { vantage: 'direct' })).toMatchObject({
        level: 'error',
        says: 'this machine’s address is among the trusted proxies (header-ambiguous): whatever it sends is believed',
      });
    } finally {
      await application.stop();
    }
  });

  it('an application that does not is safe', async () => {
    const application = await startLeaky({ rule: 'pass', identity: [], isTrusted: false });
    try {
      const result = await runProbe({ ...FAST, url: application.url, direct: application.url });
      const direct = result.outcomes.filter(({ vantage }) => vantage === 'direct');
      expect(direct.filter(({ level }) => level !== 'none')).toEqual([]);
      expect(outcomeOf(result, 'TH-P-DIRECT').says).toBe('refused (peer-untrusted)');
      expect(outcomeOf(result, 'TH-P-DIRECT-FORWARDED').says).toBe('refused (peer-untrusted)');
      expect(outcomeOf(result, 'TH-P-FAMILY-TAILSCALE', { vantage: 'direct' }).says).toBe(
        'ignored, as from a stranger',
      );
    } finally {
      await application.stop();
    }
  });

  it('it is best that there is no way', async () => {
    const proxy = await startLeaky({});
    const gone = await startLeaky({});
    await gone.stop();
    try {
      const result = await runProbe({ ...FAST, url: proxy.url, direct: gone.url });
      expect(outcomeOf(result, 'TH-P-DIRECT')).toMatchObject({
        verdict: 'safe',
        says: 'no connection past the proxy (ECONNREFUSED)',
      });
      await expect(runProbe({ ...FAST, url: gone.url })).rejects.toThrow(
        /^url: http:\/\/127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/,
      );
    } finally {
      await proxy.stop();
    }
  });
});

describe('the second request of a connection', () => {
  it('is found where only the first is read', async () => {
    const result = await probeLeaky({ rule: 'strip', secondPasses: true, identity: [] });
    expect(outcomeOf(result, 'TH-P-PLAIN').verdict).toBe('safe');
    expect(outcomeOf(result, 'TH-P-SECOND')).toMatchObject({
      level: 'error',
      says: 'believed: the client chooses its own user, groups, name and email',
    });
  });

  it('is none where the first is the last', async () => {
    expect(outcomeOf(await probeLeaky({ rule: 'strip' }), 'TH-P-SECOND')).toMatchObject({
      verdict: 'safe',
      says: 'the connection is closed after one answer',
    });
  });

  it('counts as two requests', async () => {
    const cases = { cases: ['TH-P-SECOND'] };
    const two = await probeLeaky({ rule: 'strip' }, { ...cases, maxRequests: 2 });
    expect([two.requests, two.leftOut.length]).toEqual([1, 1]);
    const three = await probeLeaky(
      { rule: 'strip', secondPasses: true },
      { ...cases, maxRequests: 3 },
    );
    expect([three.requests, three.leftOut.length]).toEqual([3, 0]);
  });
});
