import { describe, expect, it } from '@jest/globals';
import {
  type AdmissionOptions,
  compileAdmission,
  createAuthenticator,
  type Decision,
  type DecisionEvent,
  keepDecision,
  keptDecision,
  resolveAdapterOptions,
} from '../src/index.js';

const ALICE: Decision = {
  kind: 'authenticated',
  identity: { user: 'alice' },
  source: { kind: 'address', address: '10.0.0.1' },
};

/** The code of what keeps alice's request from going on, and the detail. */
function codeOf(
  lines: readonly string[],
  options: AdmissionOptions = {},
  { method = 'GET', decision = ALICE } = {},
): string | undefined {
  const authenticator = createAuthenticator({ trustedProxies: '10.0.0.1', log: false });
  const rawHeaders = lines.flatMap((line) => {
    const at = line.indexOf(': ');
    return [line.slice(0, at), line.slice(at + 2)];
  });
  const admit = compileAdmission(resolveAdapterOptions({ authenticator, ...options }));
  const refusal = admit(decision, { method, target: '/', rawHeaders }, undefined);
  if (refusal?.kind === 'anonymous') return 'anonymous';
  const detail = refusal?.kind === 'refused' && refusal.detail ? `: ${refusal.detail}` : '';
  return refusal && `${refusal.reason}${detail}`;
}

describe('what is refused for its origin', () => {
  it('is refused by whoever asks behind, too, as another request is not', () => {
    const authenticator = createAuthenticator({ trustedProxies: '10.0.0.1', log: false });
    const admit = compileAdmission(resolveAdapterOptions({ authenticator, sameOrigin: 'unsafe' }));
    const rawHeaders = ['Host', 'app.test', 'Origin', 'https://evil.test'];
    const admitted = (method: string): [unknown, unknown] => {
      const holder = {};
      keepDecision(holder, ALICE);
      const refusal = admit(ALICE, { method, target: '/', rawHeaders }, undefined, holder);
      return [refusal, keptDecision(holder)];
    };
    const [refusal, kept] = admitted('POST');
    expect(refusal).toMatchObject({ kind: 'refused', reason: 'cross-origin' });
    expect(kept).toBe(refusal);
    expect(admitted('GET')).toEqual([undefined, ALICE]);
  });
});

const OTHER = 'cross-origin: its Origin is not the Host';
const SOCKET = ['Host: app.test', 'Upgrade: websocket'];

describe('a WebSocket for a user', () => {
  it.each([
    [[], 'a program, which sends neither'],
    [['Origin: http://app.test'], 'the page of the same host'],
    [['Origin: https://app.test'], 'TLS that ends at a proxy which tells nothing of it'],
    [['origin: HTTPS://APP.TEST'], 'names are compared without case'],
    [['Origin: https://app.test:443'], 'the port that a scheme has anyway'],
    [['Origin: http://app.test:80'], 'the port that a scheme has anyway'],
    [['Sec-Fetch-Site: same-origin'], 'the browser says so'],
    [['Sec-Fetch-Site: none'], 'the user typed it'],
    [['Origin: https://evil.test', 'Sec-Fetch-Site: same-origin'], 'no page can write the one'],
    [
      ['Origin: https://a.test', 'X-Forwarded-Host: a.test'],
      'a proxy that writes a Host of its own',
    ],
    [
      ['Origin: https://a.test', 'X-Forwarded-Host: a.test, b.test', 'X-Forwarded-Proto: wss'],
      'a chain of proxies, and a scheme as Traefik says it',
    ],
  ])('is opened with %j: %s', (lines) => {
    expect(codeOf([...SOCKET, ...lines])).toBeUndefined();
  });

  it.each([
    [['Origin: https://evil.test'], 'its Origin is not the Host', 'another host'],
    [['Origin: https://www.app.test'], 'its Origin is not the Host', 'a subdomain'],
    [['Origin: http://app.test:8080'], 'its Origin is not the Host', 'another port'],
    [['Origin: null'], 'its Origin is no site', 'a sandboxed frame'],
    [['Origin: '], 'its Origin is no site', 'nothing where an origin belongs'],
    [['Origin: file://'], 'its Origin is no site', 'a page without a host'],
    [['Origin: xhttps://app.test'], 'its Origin is no site', 'another scheme'],
    [['Origin: https://evil.test@app.test'], 'its Origin is no site', 'no origin'],
    [['Origin: https://app.test/x'], 'its Origin is no site', 'no origin'],
    [
      ['Origin: http://app.test', 'Origin: http://app.test'],
      'Origin or Sec-Fetch-Site was sent twice',
      'an origin twice',
    ],
    [['Sec-Fetch-Site: cross-site'], 'Sec-Fetch-Site says so', 'the browser says so'],
    [['Sec-Fetch-Site: same-site'], 'Sec-Fetch-Site says so', 'a subdomain is another origin'],
    [['Sec-Fetch-Site: whatever'], 'Sec-Fetch-Site says so', 'a word that browsers do not say'],
    [
      ['Sec-Fetch-Site: none', 'Sec-Fetch-Site: cross-site'],
      'Origin or Sec-Fetch-Site was sent twice',
      'two sites',
    ],
    [
      ['Origin: http://app.test', 'X-Forwarded-Host: a.test'],
      'its Origin is not the X-Forwarded-Host',
      'the proxy’s name goes before Host',
    ],
    [
      ['Origin: http://app.test', 'X-Forwarded-Proto: https'],
      'its Origin has another scheme than X-Forwarded-Proto',
      'a page that came without TLS',
    ],
  ])('is refused with %j: %s: %s', (lines, detail, _why) => {
    expect(codeOf([...SOCKET, ...lines])).toBe(`cross-origin: ${detail}`);
  });

  it('is opened for other origins that were named, whole', () => {
    const options = { allowedOrigins: ['https://evil.test'] };
    expect([
      codeOf([...SOCKET, 'Origin: https://evil.test', 'Sec-Fetch-Site: cross-site'], options),
      codeOf([...SOCKET, 'Origin: https://evil.test.evil.test'], options),
      codeOf([...SOCKET, 'Origin: http://evil.test'], options),
    ]).toEqual([undefined, OTHER, OTHER]);
  });

  it('is opened for any page where the application says that it asks nobody', () => {
    const lines = [...SOCKET, 'Origin: https://evil.test'];
    expect(codeOf(lines, { sameOrigin: false })).toBeUndefined();
  });

  it('is a tunnel as well: CONNECT, and WebSockets over HTTP/2 (RFC 8441)', () => {
    const lines = [':authority: app.test', 'origin: https://evil.test'];
    expect(codeOf(lines, {}, { method: 'CONNECT' })).toBe(OTHER);
    const own = [':authority: app.test', 'origin: https://app.test'];
    expect(codeOf(own, {}, { method: 'CONNECT' })).toBeUndefined();
  });
});

describe('a request of another origin', () => {
  const lines = ['Host: app.test', 'Origin: https://evil.test'];

  it.each([
    ['GET', undefined, undefined],
    ['HEAD', undefined, undefined],
    ['OPTIONS', undefined, undefined],
    ['TRACE', undefined, undefined],
    ['POST', undefined, OTHER],
    ['PUT', undefined, OTHER],
    ['PATCH', undefined, OTHER],
    ['DELETE', undefined, OTHER],
    ['get', undefined, OTHER],
    ['PROPFIND', undefined, OTHER],
  ])(
    'by %s: passes by default; asked, is refused if it may change something',
    (method, usual, asked) => {
      expect([
        codeOf(lines, {}, { method }),
        codeOf(lines, { sameOrigin: 'unsafe' }, { method }),
        codeOf(lines, { sameOrigin: false }, { method }),
      ]).toEqual([usual, asked, undefined]);
    },
  );

  it('of nobody is not asked, and a refused one stays refused for its own reason', () => {
    const options = { sameOrigin: 'unsafe', anonymous: 'allow' } as const;
    expect([
      codeOf(lines, options, { method: 'POST', decision: { kind: 'anonymous', trusted: true } }),
      codeOf(lines, options, {
        method: 'POST',
        decision: { kind: 'refused', reason: 'peer-untrusted' },
      }),
    ]).toEqual([undefined, 'peer-untrusted']);
  });

  it('is told to observers and the log, without what it sent', () => {
    const events: DecisionEvent[] = [];
    const told: string[] = [];
    const admit = compileAdmission(
      resolveAdapterOptions({
        trustedProxies: '10.0.0.1',
        onDecision: (event) => events.push(event),
        log: (line) => told.push(line),
      }),
    );
    const rawHeaders = ['Host', 'app.test', 'Upgrade', 'x', 'Origin', 'https://evil.test'];
    admit(ALICE, { method: 'GET', target: '/', rawHeaders }, undefined);
    expect(events.map(({ decision }) => decision)).toEqual([
      {
        kind: 'refused',
        reason: 'cross-origin',
        peer: '10.0.0.1',
        detail: 'its Origin is not the Host',
      },
    ]);
    expect(told).toEqual([
      "trusted-header: a page of another origin sent a request or opened a WebSocket (its Origin is not the Host); if that site is yours, add it to allowedOrigins; if it is the application's own page, make the proxy keep Host, or set X-Forwarded-Host and X-Forwarded-Proto",
    ]);
  });
});

const MODE = "is not a mode; write 'upgrades', 'unsafe' or false";
const ORIGIN = "write an origin as browsers do: 'https://app.example.com'";
const given = (more: object) =>
  Reflect.apply(resolveAdapterOptions, undefined, [{ trustedProxies: '10.0.0.1', ...more }]);

describe('options of same origins, and of refusals', () => {
  it.each([
    [{ sameOrigin: true }, `sameOrigin: true ${MODE}`],
    [{ sameOrigin: 'always' }, `sameOrigin: "always" ${MODE}`],
    [{ sameOrigin: '' }, `sameOrigin: "" ${MODE}`],
    [
      { allowedOrigins: 'https://a.test' },
      `allowedOrigins: "https://a.test" is no list of origins; ${ORIGIN}`,
    ],
    [
      { allowedOrigins: ['https://a.test', 'https://a.test/'] },
      `allowedOrigins[1]: "https://a.test/" is no origin; ${ORIGIN}`,
    ],
    [{ allowedOrigins: ['*'] }, `allowedOrigins[0]: "*" is no origin; ${ORIGIN}`],
    [{ allowedOrigins: ['null'] }, `allowedOrigins[0]: "null" is no origin; ${ORIGIN}`],
    [
      { allowedOrigins: ['https://A.test'] },
      `allowedOrigins[0]: "https://A.test" is no origin; ${ORIGIN}`,
    ],
    [
      { allowedOrigins: ['xhttps://a.test'] },
      `allowedOrigins[0]: "xhttps://a.test" is no origin; ${ORIGIN}`,
    ],
    [
      { allowedOrigins: [['https://a.test']] },
      `allowedOrigins[0]: ["https://a.test"] is no origin; ${ORIGIN}`,
    ],
    [
      { anonymous: 'maybe' },
      "anonymous: \"maybe\" is not a mode; write 'refuse', 'allow' or (request) => …",
    ],
    [
      { onRefusal: '/login' },
      'onRefusal: "/login" is not a function; write (refusal, …) => …, or leave it out',
    ],
    [
      { signIn: { portal: 'https://auth.test' }, onRefusal: () => undefined },
      'signIn: {"portal":"https://auth.test"} has no effect beside onRefusal; leave one of the two out; onRefusal can redirect to signInUrl(…) by itself',
    ],
  ])('that mean nothing are errors at start: %j', (options, message) => {
    expect(() => given(options)).toThrow(expect.objectContaining({ message }));
  });

  it.each([
    [{ sameOrigin: 'upgrades' }],
    [{ sameOrigin: 'unsafe' }],
    [{ sameOrigin: false }],
    [{ allowedOrigins: ['https://a.test', 'http://[::1]:8080'] }],
    [{ onRefusal: () => undefined }],
    [{ signIn: { portal: 'https://auth.test' } }],
  ])('that mean something are taken as they are: %j', (options) => {
    expect(given(options)).toMatchObject(options);
  });
});
