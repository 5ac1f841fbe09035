import { describe, expect, it } from '@jest/globals';
import { generate } from 'selfsigned';
import { type ProbeSettings, runProbe } from '../src/probe/index.js';
import { found, type LeakyProxy, outcomeOf, startProbed, TOKEN } from './probe-server.js';

const STRANGER = '127.0.0.2';
const FAST = { paths: ['/', '/ws'], token: TOKEN, requestsPerSecond: 1000 } as const;

async function probed(
  settings: (application: LeakyProxy) => Partial<ProbeSettings> = () => ({}),
  tls?: { key: string; cert: string },
) {
  const application = await startProbed(tls);
  try {
    const url = application.url;
    const result = await runProbe({ ...FAST, url, ...settings(application) });
    const handled = tls ? 0 : (await application.seen()).handled;
    return { result, handled };
  } finally {
    await application.stop();
  }
}

// From the proxy's address everything gets in, as through a proxy that deletes nothing.
describe('the receiver in an application', () => {
  it('tells of every case what arrived, and no handler sees any of them', async () => {
    const { result, handled } = await probed();
    expect(result).toMatchObject({ receiver: 'met', adapter: 'node', leftOut: [] });
    expect(handled).toBe(0);
    expect(result.outcomes.filter(({ verdict }) => verdict === 'unknown')).toEqual([]);
    expect(found({ outcomes: result.outcomes.filter(({ path }) => path === '/ws') })).toEqual([
      'error PLAIN',
      'error USER',
      'error GROUPS',
      'error NAME',
      'error EMAIL',
      'warning TWO-LINES',
      'warning UNDERSCORE',
      'warning DOT',
      'warning CONNECTION',
      'error WEBSOCKET',
      'error LETTER-CASE',
      'error HTTP-1-0',
      'error SECOND',
      'error ABSOLUTE',
      'error HEAD',
      'error OPTIONS',
      'note TRAILERS',
      'error PATH-ENCODED',
      'error PATH-DOTS',
      'error PATH-SLASHES',
      'warning FAMILY-AUTHENTIK',
      'warning FAMILY-FORWARDED',
      'warning FAMILY-AUTH-REQUEST',
      'warning FAMILY-TAILSCALE',
      'warning FAMILY-CLOUDFLARE',
      'warning FAMILY-OTHER',
      'error H2C-UPGRADE',
      'error LINES-100',
      'warning LINES-1100',
      'note PROOFS',
      'note NEXT',
    ]);
  });

  it('knows a stranger, who is refused in every case', async () => {
    const { result } = await probed(({ url }) => ({ direct: url, localAddress: STRANGER }));
    const direct = result.outcomes.filter(({ vantage }) => vantage === 'direct');
    expect(direct.length).toBeGreaterThan(60);
    expect(direct.filter(({ verdict }) => verdict !== 'safe')).toEqual([]);
    expect(outcomeOf(result, 'TH-P-DIRECT').says).toBe('refused (peer-untrusted)');
    // By way of “through the proxy” it comes from there as well: the application does not trust that.
    expect(outcomeOf(result, 'TH-P-PEER', { vantage: 'front' }).verdict).toBe('fault');
  });

  it('answers HTTP/2 likewise', async () => {
    const made = await generate([{ name: 'commonName', value: 'localhost' }]);
    const tls = { key: made.private, cert: made.cert };
    const { result } = await probed(() => ({ insecure: true, paths: ['/'] }), tls);
    expect(outcomeOf(result, 'TH-P-H2').level).toBe('error');
    expect(outcomeOf(result, 'TH-P-H2-SPELLINGS')).toMatchObject({
      level: 'warning',
      decision: { kind: 'refused', reason: 'header-ambiguous' },
    });
  });
});
