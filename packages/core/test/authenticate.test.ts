import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type AuthenticatorOptions,
  createAuthenticator,
  type Decision,
  type HeaderProfile,
  type RequestFacts,
} from '../src/index.js';
import { authelia } from '../src/profiles/index.js';
import { dotted, ipv4Number, nearAddress, runs } from './arbitraries.js';

const PROXY = '172.20.0.2';
const STRANGER = '172.20.0.9';

/** Every request carries them: nothing may ever read them. */
const DECOYS = [
  'Host',
  'app.example.com',
  'X-Forwarded-For',
  PROXY,
  'X-Real-IP',
  PROXY,
  'Forwarded',
  `for=${PROXY}`,
  'CF-Connecting-IP',
  PROXY,
  'X-Forwarded-Person',
  'mallory',
  'X-Remote-Person',
  'mallory',
];

type Extra = Omit<RequestFacts, 'peer' | 'rawHeaders'>;

function decide(
  peer: string | undefined,
  lines: readonly string[],
  options: Partial<AuthenticatorOptions> = {},
  extra: Extra = {},
): Decision {
  const authenticator = createAuthenticator({
    trustedProxies: [PROXY, 'unix:/run/app.sock'],
    log: false,
    ...options,
  });
  return authenticator.authenticate({ peer, rawHeaders: [...DECOYS, ...lines], ...extra });
}

const wire = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

describe('authenticate', () => {
  it('reads what Authelia sends', () => {
    expect(
      decide(PROXY, [
        'Remote-User',
        'john',
        'Remote-Groups',
        'admins,dev',
        'Remote-Name',
        wire('Jürgen Müller'),
        'Remote-Email',
        'john@example.com',
      ]),
    ).toEqual({
      kind: 'authenticated',
      identity: {
        user: 'john',
        groups: ['admins', 'dev'],
        name: 'Jürgen Müller',
        email: 'john@example.com',
      },
      source: { kind: 'address', address: '172.20.0.2' },
    });
  });

  it.each(
    Array.from({ length: 16 }, (_, sent) => ({
      groups: (sent & 1) > 0,
      name: (sent & 2) > 0,
      email: (sent & 4) > 0,
      uid: (sent & 8) > 0,
    })),
  )('has keys for what was sent, and no others: %j', (sent) => {
    const profile: HeaderProfile = { ...authelia, extra: { uid: { header: 'Remote-Uid' } } };
    const lines = [
      ...(sent.groups ? ['Remote-Groups', 'dev'] : []),
      ...(sent.name ? ['Remote-Name', 'John'] : []),
      ...(sent.email ? ['Remote-Email', 'john@example.com'] : []),
      ...(sent.uid ? ['Remote-Uid', '7'] : []),
    ];
    const decision = decide(PROXY, ['Remote-User', 'john', ...lines], { profile });
    expect(decision).toStrictEqual({
      kind: 'authenticated',
      identity: {
        user: 'john',
        ...(sent.groups && { groups: ['dev'] }),
        ...(sent.name && { name: 'John' }),
        ...(sent.email && { email: 'john@example.com' }),
        ...(sent.uid && { extra: { uid: '7' } }),
      },
      source: { kind: 'address', address: PROXY },
    });
  });

  it.each([
    [
      STRANGER,
      ['Remote-User', 'john'],
      { kind: 'refused', reason: 'peer-untrusted', peer: STRANGER },
    ],
    [undefined, ['Remote-User', 'john'], { kind: 'refused', reason: 'peer-unknown' }],
    [
      PROXY,
      ['Remote_User', 'john'],
      { kind: 'refused', reason: 'header-ambiguous', header: 'Remote-User', peer: PROXY },
    ],
  ])(
    'says of a refusal what is known, and has no key for anything else (%p, %j)',
    (peer, lines, refused) => {
      expect(decide(peer, lines)).toStrictEqual(refused);
    },
  );

  it.each([[' john'], ['john '], ['\tjohn'], ['john\t'], ['  john  ']])(
    'trims white space at either end: %j',
    (user) => {
      expect(decide(PROXY, ['Remote-User', user])).toHaveProperty('identity.user', 'john');
    },
  );

  it.each([
    ['Connection', 'header-hop-by-hop', 'as it is spelt'],
    ['connection', 'header-hop-by-hop', 'names have no case'],
    ['CONNECTION', 'header-hop-by-hop', 'names have no case'],
    ['User-Agent', undefined, 'as long as Connection, and no list of headers'],
    ['Keep-Alive', undefined, 'as long as Connection, and no list of headers'],
  ])('makes of %s, which names an identity header, %p: %s', (name, reason, _why) => {
    const decision = decide(PROXY, [name, 'close, remote-user', 'Remote-User', 'john']);
    expect(decision.kind === 'refused' ? decision.reason : undefined).toBe(reason);
  });

  it('leaves out what was not sent, and what was sent empty', () => {
    expect(
      decide(PROXY, ['remote-user', ' john\t', 'Remote-Name', '', 'Remote-Email', ' ']),
    ).toEqual({
      kind: 'authenticated',
      identity: { user: 'john' },
      source: { kind: 'address', address: '172.20.0.2' },
    });
  });

  it.each([
    // lines, expected groups, why
    [[], undefined, 'absent: nobody said anything about groups'],
    [['Remote-Groups', ''], [], 'present and empty: no groups (Open WebUI never removed them)'],
    [['Remote-Groups', ' , ,'], [], 'nothing but separators'],
    [
      ['Remote-Groups', 'Domain Admins,dev'],
      ['Domain Admins', 'dev'],
      'inner spaces stay (chmonitor split on them)',
    ],
    [['Remote-Groups', ' b , a,b ,, a'], ['b', 'a'], 'trimmed, in order, once each'],
    [
      ['Remote-Groups', '__proto__,constructor,toString'],
      ['__proto__', 'constructor', 'toString'],
      'ordinary text (H9)',
    ],
    [['Remote-Groups', 'admin|dev'], ['admin|dev'], 'the separator of another product'],
    [['Remote-Groups', wire('Größe,Ärzte')], ['Größe', 'Ärzte'], 'UTF-8'],
  ])('reads the groups of %j as %j: %s', (lines, groups, _why) => {
    const decision = decide(PROXY, ['Remote-User', 'john', ...lines]);
    expect(decision).toHaveProperty('kind', 'authenticated');
    expect(decision.kind === 'authenticated' && decision.identity.groups).toEqual(groups);
    expect(decision.kind === 'authenticated' && 'groups' in decision.identity).toBe(
      groups !== undefined,
    );
  });

  it.each([
    ['__proto__', 'own-property hazard (H9)'],
    ['constructor', 'own-property hazard (H9)'],
    ['null', 'a surname'],
    ['0', 'falsy in places'],
    ['CORP\\john', 'Windows domain'],
    ['john@example.com', 'e-mail as user name'],
    ['cn=john;dc=example', 'an LDAP name without commas'],
    ['john doe', 'inner space'],
    ['{john', 'a brace that is no placeholder'],
    ['$', 'a dollar that is no variable'],
    ['john-', 'a hyphen that is no placeholder'],
  ])('takes the user %j: %s', (user) => {
    const decision = decide(PROXY, ['Remote-User', user]);
    expect(decision.kind === 'authenticated' && decision.identity.user).toBe(user);
  });

  it.each([
    // lines, reason, header, why
    [
      ['Remote-User', 'john', 'Remote-User', 'admin'],
      'header-repeated',
      'Remote-User',
      'two lines: first wins in Kubernetes, joined in Node (H2)',
    ],
    [
      ['Remote-User', 'john', 'X-Other', '1', 'remote-user', 'john'],
      'header-repeated',
      'Remote-User',
      'two equal lines, apart, in other case',
    ],
    [
      ['Remote-User', '', 'Remote-User', 'bob'],
      'header-repeated',
      'Remote-User',
      'the first is empty: joined it is ", bob"',
    ],
    [['Remote-User', ', bob'], 'header-malformed', 'Remote-User', 'joined by another proxy'],
    [['Remote-User', 'alice, admin'], 'header-malformed', 'Remote-User', 'the same, two users'],
    [
      ['Remote-User', 'john', 'Remote-Groups', 'dev', 'Remote-Groups', 'admin'],
      'header-repeated',
      'Remote-Groups',
      'joining would add groups',
    ],
    [
      ['Remote-User', 'john', 'Remote-Name', 'a', 'Remote-Name', 'b'],
      'header-repeated',
      'Remote-Name',
      'a name is single-valued too',
    ],
    [
      ['Remote-User', 'john', 'Remote_User', 'admin'],
      'header-ambiguous',
      'Remote-User',
      'underscore (H3, CVE-2015-0219)',
    ],
    [['Remote-User', 'john', 'Remote.User', 'admin'], 'header-ambiguous', 'Remote-User', 'dot'],
    [
      ['Remote-User', 'john', 'REMOTE_GROUPS', 'admin'],
      'header-ambiguous',
      'Remote-Groups',
      'upper case',
    ],
    [['Remote_User', 'admin'], 'header-ambiguous', 'Remote-User', 'alone'],
    [['Remote-User', 'john', 'remote_email', ''], 'header-ambiguous', 'Remote-Email', 'empty'],
    [
      ['Remote-User', 'john', 'Connection', 'close, Remote-User'],
      'header-hop-by-hop',
      'Remote-User',
      'Traefik CVE-2024-45410',
    ],
    [
      ['Connection', 'Remote-User'],
      'header-hop-by-hop',
      'Remote-User',
      'what it removed may have been the user',
    ],
    [
      ['Remote-User', 'john', 'connection', 'keep-alive', 'Connection', 'x,\tremote_groups '],
      'header-hop-by-hop',
      'Remote-Groups',
      'second line, alias, tab',
    ],
    [['Remote-Groups', 'admin'], 'user-missing', 'Remote-User', 'groups without a user'],
    [
      ['Remote-Groups', 'admin', 'Remote-User', ' '],
      'user-missing',
      'Remote-User',
      'an empty user',
    ],
    [['Remote-Name', 'John'], 'user-missing', 'Remote-User', 'a name without a user'],
    [
      ['Remote-User', '(null)'],
      'header-malformed',
      'Remote-User',
      'jhub: (null) became a user (H4)',
    ],
    [['Remote-User', '-'], 'header-malformed', 'Remote-User', 'placeholder'],
    [['Remote-User', '$remote_user'], 'header-malformed', 'Remote-User', 'nginx variable'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what some proxies send
    [['Remote-User', '${remote_user}'], 'header-malformed', 'Remote-User', 'braced variable'],
    [
      ['Remote-User', '{http.reverse_proxy.header.Remote-User}'],
      'header-malformed',
      'Remote-User',
      'Caddy 2.6 on a bypass',
    ],
    [['Remote-User', '%{REMOTE_USER}e'], 'header-malformed', 'Remote-User', 'Apache'],
    [['Remote-User', '%[var(txn.user)]'], 'header-malformed', 'Remote-User', 'HAProxy'],
    [['Remote-User', 'john\tdoe'], 'header-malformed', 'Remote-User', 'tab inside'],
    [['Remote-User', 'john\0'], 'header-malformed', 'Remote-User', 'NUL'],
    [['Remote-User', 'john\r\nX: y'], 'header-malformed', 'Remote-User', 'line break'],
    [['Remote-User', 'john\x7f'], 'header-malformed', 'Remote-User', 'DEL'],
    [['Remote-User', wire('john\u0085')], 'header-malformed', 'Remote-User', 'C1 control'],
    [['Remote-User', wire('nimda\u202e')], 'header-malformed', 'Remote-User', 'bidi override'],
    [['Remote-User', wire('ad\u2066min')], 'header-malformed', 'Remote-User', 'bidi isolate'],
    [['Remote-User', wire('ad\u200bmin')], 'header-malformed', 'Remote-User', 'zero-width space'],
    [['Remote-User', wire('ad\u2060min')], 'header-malformed', 'Remote-User', 'word joiner'],
    [['Remote-User', wire('\ufeffadmin')], 'header-malformed', 'Remote-User', 'BOM'],
    [['Remote-User', wire('ad\u00admin')], 'header-malformed', 'Remote-User', 'soft hyphen'],
    [['Remote-User', wire('ad\u{e0041}min')], 'header-malformed', 'Remote-User', 'tag character'],
    [['Remote-User', wire('ad\u2028min')], 'header-malformed', 'Remote-User', 'line separator'],
    [
      ['Remote-User', wire('ad\ufffdmin')],
      'header-malformed',
      'Remote-User',
      'what a lossy decoder leaves',
    ],
    [['Remote-User', 'ad\ud800min'], 'header-malformed', 'Remote-User', 'lone surrogate'],
    [['Remote-User', 'J\xfcrgen'], 'header-malformed', 'Remote-User', 'not UTF-8'],
    [
      ['Remote-User', 'alice\xa0'],
      'header-malformed',
      'Remote-User',
      'byte A0: trim() would make it alice (H12)',
    ],
    [['Remote-User', 'u'.repeat(257)], 'header-malformed', 'Remote-User', 'over 256 bytes'],
    [
      ['Remote-User', wire('ü'.repeat(129))],
      'header-malformed',
      'Remote-User',
      'over 256 bytes, not characters',
    ],
    [['Remote-User', 'u'.repeat(100_000)], 'header-malformed', 'Remote-User', 'far over'],
    [
      [
        'Remote-User',
        'john',
        'Remote-Groups',
        Array.from({ length: 2049 }, (_, i) => `g${i}`).join(','),
      ],
      'header-malformed',
      'Remote-Groups',
      '2 049 groups',
    ],
    [
      ['Remote-User', 'john', 'Remote-Groups', 'abcdefgh,'.repeat(3641)],
      'header-malformed',
      'Remote-Groups',
      'over 32 768 bytes',
    ],
  ])('refuses %j as %s of %s: %s', (lines, reason, header) => {
    expect(decide(PROXY, lines)).toMatchObject({ kind: 'refused', reason, header, peer: PROXY });
  });

  it.each([
    [['Remote-User', 'u'.repeat(256)], 'exactly 256 bytes'],
    [['Remote-User', wire('ü'.repeat(128))], 'exactly 256 bytes in 128 characters'],
    [['Remote-User', 'john', 'Remote-Email', `${'e'.repeat(318)}@x`], 'exactly 320 bytes'],
    [['Remote-User', 'john', 'Remote-Groups', 'g'.repeat(1024)], 'a group of exactly 1 024 bytes'],
    [
      [
        'Remote-User',
        'john',
        'Remote-Groups',
        Array.from({ length: 2048 }, (_, i) => `g${i}`).join(','),
      ],
      '2 048 groups',
    ],
    [
      ['Remote-User', 'john', 'Remote-Groups', `${'abcdefgh,'.repeat(3640)}abcdefgh`],
      'exactly 32 768 bytes',
    ],
    [['Remote-User', 'john', 'Connection', 'keep-alive, Upgrade'], 'what every WebSocket says'],
    [['Remote-User', 'john', 'Connection', 'remote-username'], 'another name'],
    [['Remote-User', 'john', 'Remote-Name', 'Doe, John'], 'a comma in a name'],
    [
      ['Remote-User', 'john', 'Remote-Users', 'x', 'XRemote-User', 'x', 'Remote+User', 'x'],
      'names that are no aliases',
    ],
  ])('admits %j: %s', (lines) => {
    expect(decide(PROXY, lines).kind).toBe('authenticated');
  });

  it.each([
    ['groups', [], 'Remote-Groups'],
    ['email', ['Remote-Email', ''], 'Remote-Email'],
    ['name', ['Remote-Name', 'a\x01'], 'Remote-Name'],
  ] as const)('refuses a claim without the required %s (%j)', (value, lines, header) => {
    expect(decide(PROXY, ['Remote-User', 'john', ...lines], { required: [value] })).toMatchObject({
      kind: 'refused',
      reason: 'header-missing',
      header,
      peer: PROXY,
    });
  });

  it('refuses a claim that lacks one of several required values', () => {
    expect(
      decide(PROXY, ['Remote-User', 'john', 'Remote-Name', 'John'], {
        required: ['name', 'email'],
      }),
    ).toEqual({ kind: 'refused', reason: 'header-missing', header: 'Remote-Email', peer: PROXY });
  });

  it('takes present and empty groups for required groups', () => {
    expect(
      decide(PROXY, ['Remote-User', 'john', 'Remote-Groups', ''], { required: ['groups'] }).kind,
    ).toBe('authenticated');
  });

  it.each([
    [[], 'no identity header'],
    [['Remote-User', '', 'Remote-Groups', ' '], 'present but empty headers claim nothing (H7)'],
    [['X-Remote-Person', 'john'], 'a header of no profile'],
  ])('is anonymous for %j from the proxy and from a stranger: %s', (lines) => {
    expect(decide(PROXY, lines)).toEqual({ kind: 'anonymous', trusted: true });
    expect(decide(STRANGER, lines)).toEqual({ kind: 'anonymous', trusted: false });
    expect(decide(undefined, lines)).toEqual({ kind: 'anonymous', trusted: false });
    expect(decide(PROXY, lines, {}, { self: true })).toEqual({ kind: 'anonymous', trusted: false });
  });

  const CLAIMS = [
    ['Remote-User', 'admin'],
    ['Remote-User', 'admin', 'Remote-User', 'root'],
    ['Remote_User', 'admin'],
    ['Remote-Groups', 'admin'],
    ['Remote-User', '\x00\xff'],
    ['Remote-User', 'admin', 'Connection', 'Remote-User'],
    ['Remote-User', 'admin', ...Array.from({ length: 1200 }, (_, i) => [`X-Pad-${i}`, '1']).flat()],
  ];

  it.each([
    [STRANGER, {}, 'peer-untrusted', STRANGER],
    ['::ffff:172.20.0.9', {}, 'peer-untrusted', STRANGER],
    ['fe80::1%eth0', {}, 'peer-untrusted', 'fe80::1'],
    [undefined, {}, 'peer-unknown', undefined],
    ['', {}, 'peer-unparsable', undefined],
    ['proxy', {}, 'peer-unparsable', undefined],
    ['172.20.0.2\0', {}, 'peer-unparsable', undefined],
    ['172.20.0.2:443', {}, 'peer-unparsable', undefined],
    ['172.020.0.2', {}, 'peer-unparsable', undefined],
    [PROXY, { self: true }, 'peer-self', PROXY],
    [undefined, { unixSocket: '/run/other.sock' }, 'peer-untrusted', undefined],
    [PROXY, { unixSocket: '/run/other.sock' }, 'peer-untrusted', undefined],
  ])(
    'refuses every kind of claim from %j %j as %s, whatever is in it (H7)',
    (peer, extra, reason, shown) => {
      for (const lines of CLAIMS) {
        expect(decide(peer, lines, {}, extra)).toEqual({
          kind: 'refused',
          reason,
          ...(shown && { peer: shown }),
          ...('unixSocket' in extra && { detail: `unix:${extra.unixSocket}` }),
        });
        expect(decide(peer, lines, { untrusted: 'ignore' }, extra)).toEqual({
          kind: 'anonymous',
          trusted: false,
        });
      }
    },
  );

  it('takes a configured Unix listener for its peer (T5)', () => {
    expect(decide(undefined, ['Remote-User', 'john'], {}, { unixSocket: '/run/app.sock' })).toEqual(
      {
        kind: 'authenticated',
        identity: { user: 'john' },
        source: { kind: 'unix', path: '/run/app.sock' },
      },
    );
  });

  it('says of what is missing what is wrong with it, and not with something else', () => {
    const lines = ['Remote-User', 'john', 'Remote-Name', '\u0001'];
    expect(decide(PROXY, lines, { required: ['email'] })).toEqual({
      kind: 'refused',
      reason: 'header-missing',
      header: 'Remote-Email',
      peer: PROXY,
    });
    expect(decide(PROXY, ['Remote-User', '\u0001', 'X-authentik-username', 'john'])).toMatchObject({
      reason: 'header-malformed',
      detail: 'the invisible character U+0001',
    });
  });

  it('takes an email for one line where lines cannot be counted, unless it has a comma', () => {
    const read = (email: string) =>
      decide(PROXY, ['Remote-User', 'john', 'Remote-Email', email], {}, { joined: true });
    expect(read('john@example.com')).toMatchObject({ identity: { email: 'john@example.com' } });
    expect(read('john@example.com, eve@example.com')).toMatchObject({ reason: 'header-repeated' });
  });

  it('reads tokens in Connection only, and not in what looks a little like it', () => {
    for (const name of ['Conversion', 'Connection-', 'X-authentik-username']) {
      const options = { otherProfiles: 'ignore' } as const;
      const lines = [name, 'Remote-User', 'Remote-User', 'john'];
      expect(decide(PROXY, lines, options)).toMatchObject({ kind: 'authenticated' });
    }
  });

  it('takes a listener that is undefined for none', () => {
    const extra = JSON.parse('{}');
    extra.unixSocket = undefined;
    expect(decide(PROXY, ['Remote-User', 'john'], {}, extra)).toMatchObject({
      kind: 'authenticated',
    });
  });

  it('shows a Unix listener as its peer where a claim over it is refused', () => {
    const extra = { unixSocket: '/run/app.sock' };
    expect(decide(undefined, ['Remote-Groups', 'admin'], {}, extra)).toEqual({
      kind: 'refused',
      reason: 'user-missing',
      header: 'Remote-User',
      peer: 'unix:/run/app.sock',
    });
  });

  it('shows a mapped address in dotted form only if it came so', () => {
    const sourceOf = (peer: string): Decision => decide(peer, ['Remote-User', 'john']);
    expect(sourceOf('::ffff:172.20.0.2')).toHaveProperty('source.address', '172.20.0.2');
    expect(sourceOf('::ffff:ac14:2')).toHaveProperty('source.address', '::ffff:ac14:2');
  });

  it.each([
    [PROXY, true],
    [STRANGER, false],
  ])('gives no handler a way to make later visitors from %s somebody', (peer, trusted) => {
    const { authenticate } = createAuthenticator({ trustedProxies: PROXY, log: false });
    const facts = { peer, rawHeaders: [] };
    const admin = { kind: 'authenticated', identity: { user: 'admin' } };
    expect(() => Object.assign(authenticate(facts), admin)).toThrow(TypeError);
    expect(authenticate(facts)).toEqual({ kind: 'anonymous', trusted });
  });

  it('gives no handler a way to change the source that later requests are shown', () => {
    const { authenticate } = createAuthenticator({ trustedProxies: PROXY, log: false });
    const facts = { peer: PROXY, rawHeaders: ['Remote-User', 'john'] };
    const first = authenticate(facts);
    if (first.kind !== 'authenticated') throw new Error('refused');
    expect(() => Object.assign(first.source, { address: '6.6.6.6' })).toThrow(TypeError);
    expect(authenticate(facts)).toHaveProperty('source', { kind: 'address', address: PROXY });
  });

  it('never takes a missing address for local', () => {
    expect(decide(undefined, ['Remote-User', 'john'], { trustedProxies: 'loopback' })).toEqual({
      kind: 'refused',
      reason: 'peer-unknown',
    });
  });

  describe('with many header lines (H11)', () => {
    const pad = (count: number): string[] =>
      Array.from({ length: count }, (_, i) => [`X-Pad-${i}`, '1']).flat();
    const lines = DECOYS.length / 2;

    it.each([
      [500 - lines - 1, true, 'authenticated'],
      [500 - lines, true, 'headers-too-many'],
      [600, false, 'anonymous'],
      [999 - lines, false, 'anonymous'],
      [1000 - lines, false, 'headers-too-many'],
      [5000, true, 'headers-too-many'],
    ])('%d more lines, claim %p: %s', (count, hasClaim, expected) => {
      const decision = decide(PROXY, [...pad(count), ...(hasClaim ? ['Remote-User', 'john'] : [])]);
      expect(decision.kind === 'refused' ? decision.reason : decision.kind).toBe(expected);
    });

    it('refuses a stranger too where a claim may have been cut off, unless such claims are ignored', () => {
      expect(decide(STRANGER, pad(1000))).toEqual({
        kind: 'refused',
        reason: 'headers-too-many',
        peer: STRANGER,
        detail: '1007 header lines',
      });
      expect(decide(STRANGER, pad(1000), { untrusted: 'ignore' })).toEqual({
        kind: 'anonymous',
        trusted: false,
      });
    });

    it('believes the runtime that it dropped lines, however few are left', () => {
      expect(decide(PROXY, ['Remote-User', 'john'], {}, { truncated: true })).toHaveProperty(
        'reason',
        'headers-too-many',
      );
      expect(decide(PROXY, [], {}, { truncated: true })).toHaveProperty(
        'reason',
        'headers-too-many',
      );
    });
  });

  describe('with another profile', () => {
    const profile: HeaderProfile = {
      id: 'test',
      user: { header: 'X-User', encoding: 'percent' },
      groups: { header: 'X-Group', separator: 'line' },
      email: { header: 'X-Mail' },
      extra: { uid: { header: 'X-Uid' }, ['__proto__']: { header: 'X-Proto' } },
    };

    it('reads its headers, one group a line, and extra values', () => {
      expect(
        decide(
          PROXY,
          [
            'X-User',
            'j%C3%BCrgen',
            'X-Group',
            'a,b',
            'X-Group',
            ' c',
            'X-Uid',
            '7',
            'X-Proto',
            'p',
            'Remote-User',
            'mallory',
          ],
          { profile, otherProfiles: 'ignore' },
        ),
      ).toEqual({
        kind: 'authenticated',
        identity: {
          user: 'jürgen',
          groups: ['a,b', 'c'],
          extra: Object.fromEntries([
            ['uid', '7'],
            ['__proto__', 'p'],
          ]),
        },
        source: { kind: 'address', address: PROXY },
      });
    });

    it('takes a group with the word for one group a line in it', () => {
      expect(decide(PROXY, ['X-User', 'j', 'X-Group', 'online-team'], { profile })).toHaveProperty(
        'identity.groups',
        ['online-team'],
      );
    });

    it('splits groups at commas where the profile names no separator', () => {
      const plain: HeaderProfile = {
        id: 'test',
        user: { header: 'X-User' },
        groups: { header: 'X-Groups' },
      };
      expect(
        decide(PROXY, ['X-User', 'j', 'X-Groups', 'dev,ops'], { profile: plain }),
      ).toHaveProperty('identity.groups', ['dev', 'ops']);
    });

    it('counts the bytes and the number of groups over all lines', () => {
      const line = (text: string, count: number): string[] =>
        Array.from({ length: count }, (_, i) => ['X-Group', `${text}${i}`]).flat();
      expect(
        decide(PROXY, ['X-User', 'j', ...line('g'.repeat(1000), 33)], { profile }),
      ).toHaveProperty('reason', 'header-malformed');
      expect(
        decide(PROXY, ['X-User', 'j', ...line('g', 4)], { profile, limits: { groups: 3 } }),
      ).toHaveProperty('reason', 'header-malformed');
      expect(
        decide(PROXY, ['X-User', 'j', ...line('g', 3)], { profile, limits: { groups: 3 } }),
      ).toHaveProperty('kind', 'authenticated');
    });

    it('looks for the separator in decoded text, and refuses what turns out to be blank at its ends', () => {
      const encoded: HeaderProfile = {
        id: 'test',
        user: { header: 'X-User', encoding: 'percent' },
        groups: { header: 'X-Groups', encoding: 'base64', separator: '|' },
      };
      expect(
        decide(PROXY, ['X-User', 'j', 'X-Groups', Buffer.from('a|b').toString('base64')], {
          profile: encoded,
        }),
      ).toHaveProperty('identity', { user: 'j', groups: ['a', 'b'] });
      expect(decide(PROXY, ['X-User', '%20admin'], { profile: encoded })).toHaveProperty(
        'reason',
        'header-malformed',
      );
      expect(decide(PROXY, ['X-User', 'admin%09'], { profile: encoded })).toHaveProperty(
        'reason',
        'header-malformed',
      );
    });

    it('refuses a value that decodes to nothing', () => {
      const rfc2047: HeaderProfile = {
        id: 'test',
        user: { header: 'X-User', encoding: 'rfc2047' },
      };
      expect(decide(PROXY, ['X-User', '=?utf-8?q??='], { profile: rfc2047 })).toHaveProperty(
        'reason',
        'header-malformed',
      );
    });
  });

  it('replaces the list, and keeps the old one if the new one is not legal', () => {
    const authenticator = createAuthenticator({ trustedProxies: PROXY, log: false });
    const kindOf = (peer: string): string =>
      authenticator.authenticate({ peer, rawHeaders: ['Remote-User', 'john'] }).kind;
    expect(() => authenticator.setTrustedProxies([STRANGER, '*'])).toThrow('trustedProxies[1]');
    expect([kindOf(PROXY), kindOf(STRANGER)]).toEqual(['authenticated', 'refused']);
    authenticator.setTrustedProxies(STRANGER);
    expect([kindOf(PROXY), kindOf(STRANGER)]).toEqual(['refused', 'authenticated']);
  });

  it('knows the identity headers and their aliases, for egress (Grafana CVE-2022-35957)', () => {
    const { isIdentityHeader } = createAuthenticator({ trustedProxies: PROXY });
    expect(
      ['Remote-User', 'REMOTE-GROUPS', 'remote_name', 'Remote.Email', 'remote_user'].map(
        isIdentityHeader,
      ),
    ).toEqual([true, true, true, true, true]);
    expect(
      ['Remote-Users', 'RemoteUser', 'Cookie', '', 'toString', 'X-Remote-User'].map(
        isIdentityHeader,
      ),
    ).toEqual([false, false, false, false, false, false]);
    expect(Reflect.apply(isIdentityHeader, undefined, [undefined])).toBe(false);
    expect(isIdentityHeader('Remote-User'.replace('k', '\u212a'))).toBe(true);
    expect(
      createAuthenticator({
        trustedProxies: PROXY,
        profile: { id: 'k', user: { header: 'X-Kauth' } },
      }).isIdentityHeader('X-\u212aauth'),
    ).toBe(false);
  });
});

describe('authenticate, whatever the request', () => {
  const authenticator = createAuthenticator({
    trustedProxies: [PROXY, '10.0.0.0/8', 'fe80::/10'],
    log: false,
  });
  const names = fc.constantFrom(
    'Remote-User',
    'remote-user',
    'REMOTE_USER',
    'Remote.Groups',
    'Remote-Groups',
    'Remote-Name',
    'Remote-Email',
    'Connection',
    'X-Forwarded-For',
    'Host',
  );
  const values = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('admin', '', 'a,b', 'a@b', 'Remote-User', '-', PROXY),
  );
  const rawHeaders = fc
    .array(fc.tuple(fc.oneof(names, fc.string({ maxLength: 14 })), values), { maxLength: 12 })
    .map((lines) => lines.flat());
  const strangers = fc.oneof(
    ipv4Number
      .filter((address) => address >>> 24 !== 10)
      .map(dotted)
      .filter((peer) => peer !== PROXY),
    nearAddress.filter(
      (text) => !/^(?:0*:)*(?:ffff:)?(?:0*10\.|172\.20\.0\.2$|0?a)|^fe[89ab]/i.test(text),
    ),
    fc.constant(undefined),
  );

  it('never authenticates a request from outside trustedProxies (the first invariant)', () => {
    fc.assert(
      fc.property(strangers, rawHeaders, (peer, lines) => {
        const decision = authenticator.authenticate({
          peer,
          rawHeaders: ['Remote-User', 'admin', ...lines],
        });
        expect(decision.kind).toBe('refused');
      }),
      runs(5000),
    );
  });

  it('authenticates from the proxy only the one user who stands there', () => {
    fc.assert(
      fc.property(rawHeaders, (lines) => {
        const decision = authenticator.authenticate({ peer: PROXY, rawHeaders: lines });
        if (decision.kind !== 'authenticated') return;
        const users = lines.filter((name, i) => i % 2 === 0 && /^remote[-_.]user$/i.test(name));
        expect(users).toHaveLength(1);
        expect(users[0]).toMatch(/^remote-user$/i);
        expect(decision.identity.user).not.toMatch(/[\p{Cc}\p{Cf},]/u);
      }),
      runs(5000),
    );
  });

  it('gives a decision, never throws, and never changes its argument', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSparseArray: true,
      withTypedArray: true,
    });
    const facts = fc.oneof(
      anything,
      fc.record(
        {
          peer: fc.oneof(anything, fc.constant(PROXY)),
          rawHeaders: fc.oneof(anything, fc.array(fc.oneof(names, values, anything))),
          unixSocket: anything,
          self: anything,
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(facts, (given) => {
        const decision: Decision = Reflect.apply(authenticator.authenticate, undefined, [
          deepFreeze(given),
        ]);
        expect(['anonymous', 'refused', 'authenticated']).toContain(decision.kind);
      }),
      runs(3000),
    );
  });

  it.each([
    [undefined, 'no facts'],
    [{}, 'no peer'],
    [{ peer: PROXY }, 'no headers'],
    [{ peer: PROXY, rawHeaders: 'Remote-User' }, 'a string'],
    [{ peer: PROXY, rawHeaders: ['Remote-User'] }, 'a name without a value'],
    [{ peer: PROXY, rawHeaders: ['Remote-User', 7] }, 'a number'],
    [{ peer: PROXY, rawHeaders: ['Remote-User', ['john']] }, 'a list in a line'],
    [{ peer: PROXY, rawHeaders: [['Remote-User'], 'john'] }, 'a name that is a list'],
    [
      { peer: [PROXY], rawHeaders: ['Remote-User', 'john'] },
      'an address in a list (net.isIP takes it)',
    ],
    [
      { peer: Buffer.from(PROXY), rawHeaders: ['Remote-User', 'john'] },
      'an address in a Buffer (net.isIP takes it)',
    ],
    [
      {
        get peer() {
          throw new Error('gone');
        },
        rawHeaders: ['Remote-User', 'john'],
      },
      'facts that throw',
    ],
    [
      { peer: PROXY, unixSocket: 7, rawHeaders: ['Remote-User', 'john'] },
      'a socket that is no path',
    ],
    [{ peer: null, rawHeaders: ['Remote-User', 'john'] }, 'no address'],
    [{ peer: PROXY, rawHeaders: {} }, 'an object without a length'],
  ])('refuses facts of the wrong shape %#: %s', (facts, _why) => {
    const decision: Decision = Reflect.apply(authenticator.authenticate, undefined, [facts]);
    expect(decision.kind).toBe('refused');
  });

  it.each([
    [null, 'peer-unknown'],
    [7, 'peer-unparsable'],
    [[PROXY], 'peer-unparsable'],
    [{ toString: () => PROXY }, 'peer-unparsable'],
  ])('says of the peer %p that it is %s', (peer, reason) => {
    const facts = { peer, rawHeaders: ['Remote-User', 'john'] };
    expect(Reflect.apply(authenticator.authenticate, undefined, [facts])).toEqual({
      kind: 'refused',
      reason,
    });
  });

  it('says of facts that throw that they are malformed', () => {
    expect(Reflect.apply(authenticator.authenticate, undefined, [undefined])).toEqual({
      kind: 'refused',
      reason: 'header-malformed',
      detail: 'the facts cannot be read',
    });
  });
});

it.each([
  [undefined],
  ['Remote-User'],
  [{}],
  [{ length: 2, 0: 'Remote-User', 1: 'john' }],
  [['Remote-User']],
  [['Remote-User', 7]],
  [[7, 'john']],
])('calls the header lines %j of the proxy malformed', (rawHeaders) => {
  const { authenticate } = createAuthenticator({ trustedProxies: PROXY, log: false });
  expect(Reflect.apply(authenticate, undefined, [{ peer: PROXY, rawHeaders }])).toEqual({
    kind: 'refused',
    reason: 'header-malformed',
    peer: PROXY,
    detail: 'rawHeaders is no list of names and values',
  });
});

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
