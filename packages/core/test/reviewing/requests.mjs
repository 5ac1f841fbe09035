// One request of each kind, in the groups of REVIEWING.md. Everything is made at once, as at an application's start; `run` is what
// requests do.

/** Header values come as bytes: one character each. */
const bytes = (text) => Buffer.from(text).toString('latin1');

const HOST = ['Host', 'app.example'];
const JOHN = [
  ...HOST,
  ...['Remote-User', 'john', 'Remote-Groups', 'admin,dev'],
  ...['Remote-Name', bytes('Jürgen'), 'Remote-Email', 'john@app.example'],
];
const LIST = '192.0.2.7 2001:db8::/64 2001:db8:1::7 fe80::/64 unix:/run/app.sock';

const from = (rawHeaders, more) => ({ peer: '192.0.2.7', rawHeaders, ...more });
const stranger = { peer: '198.51.100.9' };

/** Groups of requests by name: what is made at start, and then asked. */
export function kinds(core) {
  const log = false;
  const make = (options) => core.createAuthenticator({ trustedProxies: LIST, log, ...options });
  const decide = (authenticator, ...facts) =>
    facts.map((each) => core.decideUntold(authenticator, each).decision);
  return {
    every: everyRequest(make, decide),
    configured: configuredRequests(core, make, decide),
    asked: askedRequests(core, make),
    admitted: admittedRequests(core, make),
  };
}

/** What a request can come to wherever nothing but `trustedProxies` is written. */
function everyRequest(make, decide) {
  const ours = make({});
  const user = (text) => from(['Remote-User', text]);
  return () => {
    JOHN.filter((_, i) => i % 2 === 0).map(ours.isIdentityHeader);
    return decide(
      ours,
      // Authenticated, from every kind of source.
      from(JOHN),
      from(JOHN, { peer: '::ffff:192.0.2.7' }),
      from(JOHN, { peer: '2001:db8::1' }),
      from(JOHN, { peer: '2001:db8:1::7' }),
      from(JOHN, { peer: 'fe80::1%eth0' }),
      from(JOHN, { peer: undefined, unixSocket: '/run/app.sock' }),
      from(JOHN, { peer: undefined, unixSocket: '/run//app.sock' }),
      // With something left out, and with what people are really called.
      from([...JOHN.slice(0, -1), 'nobody']),
      from(['Remote-User', 'jo', 'Remote-Groups', bytes('Büro,a\u200bb'), 'Remote-Name', '(null)']),
      from(['Remote-User', 'jo', 'Remote-Groups', Array.from({ length: 40 }, (_, i) => i).join()]),
      user(bytes('Jürgen')),
      // Anonymous.
      from(HOST),
      from(HOST, stranger),
      from([...HOST, 'X-Forwarded-User', 'jane']),
      // Refused for each reason.
      from(JOHN, stranger),
      from(JOHN, { unixSocket: '/run/other.sock' }),
      from(JOHN, { peer: undefined }),
      from(JOHN, { peer: '192.0.2.7:80' }),
      from(JOHN, { redefinedPeer: true }),
      from(JOHN, { self: true }),
      from([...JOHN, 'Remote-User', 'jane']),
      from([...JOHN, 'Remote_User', 'jane']),
      from([...JOHN, 'Connection', 'close, Remote-User']),
      from([...JOHN, 'X-Forwarded-User', 'jane']),
      from(['Remote-Groups', 'admin']),
      from(['Remote-Email', 'john@app.example']),
      from(JOHN, { truncated: true }),
      from([...JOHN, ...Array(1000).fill('X')]),
      from(JOHN, { joined: true }),
      from(['Remote-User', 'a, b'], { joined: true }),
      from('no list'),
      user('a,b'),
      user('$remote_user'),
      user('userdata: NULL'),
      user('<nil>'),
      user('\xff'),
      user(bytes('a\u200db')),
      user('x'.repeat(300)),
      user(bytes('ü'.repeat(300))),
      // Facts that throw.
      undefined,
    );
  };
}

/** What an application meets that has asked for it. */
function configuredRequests(core, make, decide) {
  const profile = (user, more) =>
    make({ profile: { id: 'ours', user: { header: 'U', ...user }, ...more } });
  const groups = (source) => profile({}, { groups: { header: 'G', ...source } });
  const asks = [
    // Encodings and forms of values.
    [profile({ encoding: 'latin1' }), ['U', '\xfc']],
    [profile({ encoding: 'percent' }), ['U', 'J%C3%BCrgen'], ['U', '%zz']],
    [profile({ encoding: 'base64' }), ['U', 'SsO8cmdlbg==']],
    [profile({ encoding: 'base64url' }), ['U', 'SsO8cmdlbg']],
    [
      profile({ encoding: 'rfc2047' }),
      ['U', '=?utf-8?q?J=C3=BCrgen?= A'],
      ['U', '=?us-ascii?b?YQ==?='],
    ],
    [profile({ prefix: 'ldap:', comma: true }), ['U', 'ldap:Doe, John'], ['U', 'john']],
    [groups({ separator: '|' }), ['U', 'john', 'G', 'a|b']],
    [groups({ separator: 'line' }), ['U', 'john', 'G', 'a', 'G', 'b']],
    [groups({ escape: 'both' }), ['U', 'john', 'G', 'a\\,b,c\\d']],
    [groups({ format: 'dn-list' }), ['U', 'john', 'G', 'CN="a,b",DC=x,CN=c,O=y,L=z']],
    [profile({}, { email: 'user', extra: { id: { header: 'I' } } }), ['U', 'john', 'I', '7']],
    [profile({}, { nobody: ['-'], name: { header: 'N' } }), ['U', '-'], ['N', '-']],
    // Settings.
    [make({ required: ['email'] }), ['Remote-User', 'john']],
    [make({ untrusted: 'ignore' }), ['Remote-User', 'john']],
    [make({ trustedProxies: '', optional: true }), ['Remote-User', 'john']],
    [make({ profile: ['authelia', 'authentik'] }), JOHN, [...JOHN, 'X-authentik-username', 'jane']],
    [make({ logUsers: true }), ['Remote-User', '(null)']],
    ...proofRequests(core, make),
  ];
  const live = make({ trustedProxies: `${LIST} dns:proxy` });
  core.setupOf(live).live.onStranger(() => {});
  const hides = make({ profile: 'authentik' });
  return () => [
    ...asks.flatMap(([authenticator, ...lines]) =>
      lines.flatMap((each) =>
        decide(authenticator, from(each, facts), from(each, stranger), from(HOST), from(each)),
      ),
    ),
    ...decide(live, from(JOHN, stranger)),
    ['X-authentik-jwt', 'X-authentik-meta-app'].map(hides.isIdentityHeader),
  ];
}

/** What the TLS layer says of a proxy's certificate. */
const certificate = {
  commonName: 'gateway',
  dnsNames: ['gateway.internal'],
  uris: ['spiffe://a/gateway'],
  fingerprint: 'AB'.repeat(32),
};
const facts = { clientCertificate: () => certificate };

function proofRequests(_core, make) {
  const values = ['0123456789abcdef0123456789abcdef'];
  const clientCertificate = { fingerprints: ['ab'.repeat(32)] };
  const forwarded = 'x-forwarded-client-cert';
  const xfcc = (value) => [...JOHN, 'X-Forwarded-Client-Cert', value];
  return [
    [
      make({ sharedSecret: { header: 'X-Secret', values } }),
      [...JOHN, 'X-Secret', values[0]],
      [...JOHN, 'X-Secret', 'x'],
      [...JOHN, 'X-Secret', values[0], 'X-Secret', values[0]],
    ],
    [make({ clientCertificate }), JOHN],
    [
      make({ clientCertificate: { ...clientCertificate, forwarded } }),
      xfcc(`Hash=${'ab'.repeat(32)};URI=spiffe://a/gateway;DNS=gateway.internal`),
      xfcc('Hash=1;Hash=2'),
      xfcc('"'),
    ],
  ];
}

/** A proof that has to be waited for. */
function askedRequests(core, make) {
  const identity = {
    ...{ user: 'john', groups: ['dev', ' '], name: 'Jürgen', email: 'x' },
    extra: { id: '7' },
  };
  const verdicts = [
    { kind: 'proven', identity },
    { kind: 'proven', identity: { user: 'jane' } },
    { kind: 'proven', identity: {} },
    { kind: 'anonymous' },
    { kind: 'refused', reason: 'assertion-expired' },
    undefined,
  ];
  const authenticators = verdicts.map((verdict) =>
    core.withProof(make({}), {
      ...{ name: 'assertion', headers: ['X-Token'], asks: 'claims' },
      prove: async () => verdict ?? Promise.reject(new Error('nobody answers')),
    }),
  );
  const requests = [
    from([...JOHN, 'X-Token', 'a']),
    from([...JOHN, 'X-Token', 'a', 'X-Token', 'b']),
    from(JOHN, stranger),
    from(HOST),
  ];
  return async () => {
    for (const authenticator of authenticators) {
      for (const each of requests.map((request) => ({ ...request }))) {
        core.decideUntold(authenticator, each);
        await core.prepareUntold(authenticator, each);
        core.decideUntold(authenticator, each);
      }
    }
  };
}

/** Whether the handler may run, once it is known who is asking. */
function admittedRequests(core, make) {
  const authenticator = make({});
  const admissions = [
    {},
    { anonymous: 'allow' },
    { anonymous: () => 'allow' },
    { open: ['/open', '/public/*'], sameOrigin: 'unsafe', allowedOrigins: ['https://b.example'] },
  ].map((options) => core.compileAdmission({ authenticator, ...options }));
  const guards = [
    core.compileGuard(),
    core.compileGuard({ groups: { anyOf: ['admin'], allOf: ['dev'] } }),
    core.compileGuard({ users: ['jane'], match: 'lower' }),
    core.compileGuard({}),
  ];
  const post = [...HOST, 'Origin', 'https://app.example', 'X-Forwarded-Proto', 'wss'];
  const shapes = [
    { method: 'GET', target: '/open?x', rawHeaders: HOST },
    { method: 'GET', target: '/public/x', rawHeaders: [...HOST, 'Upgrade', 'websocket'] },
    { method: 'POST', target: '/%2e', rawHeaders: post },
    { method: 'POST', target: undefined, rawHeaders: [...HOST, 'Sec-Fetch-Site', 'cross-site'] },
  ];
  const decisions = [from(JOHN), from(HOST), from(JOHN, stranger)];
  return () => {
    for (const facts of decisions) {
      const request = {};
      const decided = core.decideUntold(authenticator, facts);
      const decision = core.keepUntold(core.stateOf(request), authenticator, decided);
      core.tellUntold(core.stateOf(request));
      const refusals = [
        ...admissions.flatMap((admit) => shapes.map((shape) => admit(decision, shape, {}))),
        ...guards.map((guard) => guard(core.keptDecision(request))),
        guards[0](undefined),
      ];
      for (const refusal of refusals) if (refusal) core.problemOf(refusal);
    }
  };
}
