import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { createLineLimiter } from '../src/authenticator/line-limiter.js';
import { refusalLine } from '../src/authenticator/refusal-line.js';
import {
  type AuthenticatorOptions,
  createAuthenticator,
  type DecisionEvent,
} from '../src/index.js';

const PROXY = '172.20.0.2';

afterEach(() => {
  jest.restoreAllMocks();
});

function logged(
  options: Partial<AuthenticatorOptions>,
  ...requests: readonly [peer: string | undefined, ...lines: string[]][]
): string[] {
  const lines: string[] = [];
  const { authenticate } = createAuthenticator({
    trustedProxies: PROXY,
    log: (line) => lines.push(line),
    ...options,
  });
  for (const [peer, ...rawHeaders] of requests) authenticate({ peer, rawHeaders });
  return lines;
}

describe('the log line of a refusal (D3)', () => {
  it('tells the peer and the setting to change', () => {
    expect(logged({}, ['172.20.0.5', 'Remote-User', 'john'])).toEqual([
      'trusted-header: peer 172.20.0.5 sent identity headers but is not in trustedProxies; if it is your proxy, add 172.20.0.5',
    ]);
  });

  it.each([
    ['172.17.0.1', true, 'Docker’s default network'],
    ['172.20.0.1', true, 'the first address of another one'],
    ['fd00:30::1', true, 'the first of one with IPv6'],
    ['ac11:1::', false, 'IPv6 that begins with the bits of 172.17.0.1'],
    ['172.17.0.5', false, 'a container'],
  ])('says of %s whether it may be a gateway, %j: %s', (peer, isGateway) => {
    const [line = ''] = logged({}, [peer, 'Remote-User', 'john']);
    expect(line.includes(`add ${peer}, which may be the gateway`)).toBe(isGateway);
    expect(line.endsWith(`add ${peer}`)).toBe(!isGateway);
  });

  it.each([
    ['peer-untrusted', undefined, 'unix:'],
    ['peer-unknown', undefined, 'without a source address'],
    ['peer-unparsable', undefined, 'not an IP address'],
    ['peer-self', PROXY, 'isIdentityHeader'],
    ['header-repeated', PROXY, 'peer 172.20.0.2 sent Remote-User more than once'],
    ['header-ambiguous', PROXY, 'another spelling'],
    ['header-hop-by-hop', PROXY, 'Connection'],
    ['header-malformed', PROXY, 'cannot be read'],
    ['header-missing', PROXY, 'required'],
    ['headers-too-many', PROXY, 'so many header lines'],
    ['user-missing', PROXY, 'without Remote-User'],
  ] as const)('says for %s from %s what happened: %j', (reason, peer, says) => {
    const line = refusalLine({
      kind: 'refused',
      reason,
      header: 'Remote-User',
      ...(peer && { peer }),
    });
    expect(line).toContain(says);
    expect(line).toContain('; ');
    expect(line).not.toContain('\n');
  });

  it.each<[options: Partial<AuthenticatorOptions>, lines: string[], line: string]>([
    [
      { limits: { userBytes: 3 } },
      ['Remote-User', 'john'],
      'sent Remote-User in a form that cannot be read (userBytes 4 > limits.userBytes 3); if that is right, raise the limit in the options; if not, check what it sends',
    ],
    [
      {},
      ['Remote-User', 'Doe, John'],
      "sent Remote-User in a form that cannot be read (a comma in a single line); make it delete the client's copy; if users do hold commas, say comma: true in the profile",
    ],
    [
      {},
      ['Remote-User', '(null)'],
      'sent Remote-User in a form that cannot be read (a placeholder that the proxy did not fill in); make it send nothing where it knows nobody',
    ],
    [
      {},
      ['Remote-User', 'john\x01'],
      'sent Remote-User in a form that cannot be read (the invisible character U+0001); check what it sends',
    ],
    [
      { required: ['email'] },
      ['Remote-User', 'john'],
      'named a user without Remote-Email, which `required` asks for; make the proxy copy it from the authorization response',
    ],
    [
      { required: ['email'] },
      ['Remote-User', 'john', 'Remote-Email', 'john'],
      'named a user without Remote-Email, which `required` asks for (not one @ between two parts); mend the value at the provider, or do not require it',
    ],
    [
      {},
      ['Remote-User', 'john', 'X-Forwarded-User', 'ann'],
      "sent Remote-User, and X-Forwarded-User, of the profile oauth2-proxy, names another user; set the profile that is the proxy's (profile: 'oauth2-proxy'?), or make it delete the other header; in a chain of proxies write otherProfiles: 'ignore'",
    ],
  ])('says with %j of %j what to change: %s', (options, lines, line) => {
    expect(logged(options, [PROXY, ...lines])).toEqual([`trusted-header: peer 172.20.0.2 ${line}`]);
  });

  it('words a refusal that names neither header nor peer', () => {
    expect(refusalLine({ kind: 'refused', reason: 'header-malformed' })).toContain(
      'a peer without an address sent an identity header',
    );
  });

  it('never holds a header value, nor the text of a peer that is no address', () => {
    const evil = 'evil\n[fake] login ok';
    const lines = logged(
      {},
      ['172.20.0.5', 'Remote-User', evil],
      [PROXY, 'Remote-User', evil],
      [PROXY, 'Remote-User', evil, 'Remote-User', evil],
      [PROXY, 'Remote-Groups', evil],
      [PROXY, `Remote_User`, evil],
      [PROXY, 'Connection', `remote-user, ${evil}`],
      [evil, 'Remote-User', evil],
    );
    expect(lines).toHaveLength(7);
    for (const line of lines) expect(line).not.toMatch(/evil|fake|\n/);
  });

  it('comes once per reason and peer', () => {
    const lines = logged(
      {},
      ['172.20.0.5', 'Remote-User', 'a'],
      ['172.20.0.5', 'Remote-User', 'b'],
      ['172.20.0.6', 'Remote-User', 'a'],
      [PROXY, 'Remote-Groups', 'a'],
      [PROXY, 'Remote_User', 'a'],
    );
    expect(lines).toHaveLength(4);
  });

  it('says how many like it were left out, once the minute is over', () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(1_000_000);
    const lines: string[] = [];
    const { authenticate } = createAuthenticator({
      trustedProxies: PROXY,
      log: (line) => lines.push(line),
    });
    const forge = () => authenticate({ peer: '172.20.0.5', rawHeaders: ['Remote-User', 'x'] });
    for (let i = 0; i < 42; i++) forge();
    now.mockReturnValue(1_059_999);
    forge();
    expect(lines).toHaveLength(1);
    now.mockReturnValue(1_060_000);
    forge();
    expect(lines[1]).toContain('(and 42 more since the last such line)');
  });

  it('is not written for decisions other than refusals, nor with log: false', () => {
    expect(logged({}, [PROXY, 'Remote-User', 'john'], ['172.20.0.5'], [PROXY])).toEqual([]);
    const warn = jest.spyOn(console, 'warn').mockReturnValue();
    createAuthenticator({ trustedProxies: PROXY, log: false }).authenticate({
      peer: '172.20.0.5',
      rawHeaders: ['Remote-User', 'x'],
    });
    expect(warn).not.toHaveBeenCalled();
  });

  it('is for refusals only, also where every decision is told to onDecision', () => {
    const lines = logged({ onDecision: () => undefined }, [PROXY, 'Remote-User', 'john'], [PROXY]);
    expect(lines).toEqual([]);
  });

  it('goes to console.warn unless told otherwise', () => {
    const warn = jest.spyOn(console, 'warn').mockReturnValue();
    createAuthenticator({ trustedProxies: PROXY }).authenticate({
      peer: '172.20.0.5',
      rawHeaders: ['Remote-User', 'x'],
    });
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it('brings the event along', () => {
    const events: (DecisionEvent | undefined)[] = [];
    const { authenticate } = createAuthenticator({
      trustedProxies: PROXY,
      log: (_, event) => events.push(event),
    });
    authenticate({ peer: '172.20.0.5', rawHeaders: ['Remote-User', 'x'] });
    expect(events).toEqual([
      {
        decision: { kind: 'refused', reason: 'peer-untrusted', peer: '172.20.0.5' },
        warnings: [],
        time: expect.any(Number),
        reason: 'peer-untrusted',
      },
    ]);
  });
});

describe('onDecision', () => {
  it('hears of every decision', () => {
    const kinds: string[] = [];
    logged(
      { onDecision: ({ decision }) => kinds.push(decision.kind) },
      [PROXY, 'Remote-User', 'john'],
      [PROXY],
      ['172.20.0.5', 'Remote-User', 'x'],
    );
    expect(kinds).toEqual(['authenticated', 'anonymous', 'refused']);
  });

  it('is told what is odd about a claim, and nothing where nothing is', () => {
    const warnings: unknown[] = [];
    logged(
      { onDecision: (event) => warnings.push(event.warnings) },
      [PROXY, 'Remote-User', 'john', 'Remote-Name', 'a\x01'],
      [PROXY, 'Remote-User', 'john'],
      [PROXY],
      ['172.20.0.5', 'Remote-User', 'x'],
    );
    expect(warnings).toEqual([
      [{ code: 'name-dropped', header: 'Remote-Name', detail: 'the invisible character U+0001' }],
      [],
      [],
      [],
    ]);
  });

  it('does not change the decision by throwing, and neither does the log', () => {
    const fail = (): never => {
      throw new Error('observer');
    };
    const { authenticate } = createAuthenticator({
      trustedProxies: PROXY,
      onDecision: fail,
      log: fail,
    });
    expect(authenticate({ peer: PROXY, rawHeaders: ['Remote-User', 'john'] }).kind).toBe(
      'authenticated',
    );
    expect(authenticate({ peer: '172.20.0.5', rawHeaders: ['Remote-User', 'john'] }).kind).toBe(
      'refused',
    );
  });
});

describe('createLineLimiter', () => {
  it('remembers what it left out while there is room, also when the minute is over', () => {
    let time = 0;
    const limiter = createLineLimiter(() => time);
    limiter.admit('a');
    expect(limiter.admit('a')).toBeUndefined();
    time = 61_000;
    expect(limiter.admit('b')).toEqual({ suppressed: 0 });
    expect(limiter.admit('a')).toEqual({ suppressed: 1 });
  });

  it('keeps a bounded number of keys, and lets the rest share one line', () => {
    let time = 0;
    const limiter = createLineLimiter(() => time);
    const admitted = Array.from({ length: 10_000 }, (_, i) => limiter.admit(`peer ${i}`)).filter(
      Boolean,
    );
    expect(admitted).toHaveLength(257);
    time = 60_000;
    // Windows that are over make room again; what the shared line left out is told with the next one of its kind.
    expect(limiter.admit('peer 9999')).toEqual({ suppressed: 0 });
    expect(
      Array.from({ length: 300 }, (_, i) => limiter.admit(`new ${i}`))
        .filter(Boolean)
        .at(-1),
    ).toEqual({ suppressed: 9743 });
  });
});
