import { describe, expect, it } from '@jest/globals';
import {
  type AuthenticatorOptions,
  createAuthenticator,
  type Decision,
  type DecisionEvent,
  type HeaderProfile,
  refusalOf,
} from '../src/index.js';
import { KNOWN_PROFILES } from '../src/profiles/index.js';

const PROXY = '172.20.0.2';
const ALL: readonly HeaderProfile[] = Object.values(KNOWN_PROFILES);

interface Told {
  readonly decision: Decision;
  readonly events: DecisionEvent[];
  readonly lines: string[];
}

function decide(lines: readonly string[], options: Partial<AuthenticatorOptions> = {}): Told {
  const told: Pick<Told, 'events' | 'lines'> = { events: [], lines: [] };
  const { authenticate } = createAuthenticator({
    trustedProxies: PROXY,
    log: (line) => told.lines.push(line),
    onDecision: (event) => told.events.push(event),
    ...options,
  });
  const decision = authenticate({ peer: PROXY, rawHeaders: lines });
  refusalOf(decision, 'refuse');
  return { decision, ...told };
}

function errorOf(options: object): string {
  try {
    Reflect.apply(createAuthenticator, undefined, [{ trustedProxies: PROXY, ...options }]);
    return 'no error';
  } catch (error) {
    return error instanceof Error ? error.message : 'no error';
  }
}

/** `['a',,]`: a list whose second item is a hole. */
function holed(item: string): unknown[] {
  const list: unknown[] = [item];
  list.length = 2;
  return list;
}

describe("a provider's nobody is nobody (H13)", () => {
  it('Sandstorm: a visitor of a shared grain has a name, and no id', () => {
    const visitor = ['X-Sandstorm-Username', 'Anonymous%20User', 'X-Sandstorm-Permissions', 'view'];
    const { decision, lines } = decide(visitor, { profile: 'sandstorm' });
    expect(decision).toEqual({ kind: 'anonymous', trusted: true });
    expect(lines).toEqual([]);
    const user = ['X-Sandstorm-User-Id', 'f00', ...visitor];
    expect(decide(user, { profile: 'sandstorm' }).decision).toMatchObject({
      identity: { user: 'f00', name: 'Anonymous User' },
    });
    const nameless = ['X-Sandstorm-Username', 'Mallory'];
    expect(decide(nameless, { profile: 'sandstorm' }).decision).toMatchObject({
      reason: 'user-missing',
    });
  });

  it('Kubernetes: system:anonymous is signed in nowhere', () => {
    const lines = ['X-Remote-User', 'system:anonymous', 'X-Remote-Group', 'system:unauthenticated'];
    const { decision, events } = decide(lines, { profile: 'kubernetes' });
    expect(decision).toEqual({ kind: 'anonymous', trusted: true });
    // No profile: nobody has claimed anything.
    expect(events).toEqual([{ decision, warnings: [], time: expect.any(Number) }]);
  });

  it('is compared whole, and listed by the profile alone', () => {
    const profile: HeaderProfile = { id: 'x', user: { header: 'X-User' }, nobody: ['guest'] };
    expect(decide(['X-User', 'guest'], { profile }).decision.kind).toBe('anonymous');
    expect(decide(['X-User', 'Guest'], { profile }).decision.kind).toBe('authenticated');
    expect(decide(['Remote-User', 'guest']).decision.kind).toBe('authenticated');
    expect(errorOf({ profile: { ...profile, nobody: holed('guest') } })).toContain(
      'profile.nobody',
    );
  });
});

describe("a vendor's name with an underscore (H8)", () => {
  const profile: HeaderProfile = {
    id: 'siteminder',
    user: { header: 'SM_USER' },
    extra: { sub: { header: 'OIDC_CLAIM_sub' } },
  };

  it('is read exactly so', () => {
    expect(decide(['SM_USER', 'john', 'oidc_claim_SUB', '7'], { profile }).decision).toMatchObject({
      identity: { user: 'john', extra: { sub: '7' } },
    });
  });

  it.each(['SM-USER', 'sm-user', 'SM.USER'])('has the alias %s', (header) => {
    const refused = { kind: 'refused', reason: 'header-ambiguous', header: 'SM_USER' };
    expect(decide([header, 'evil'], { profile }).decision).toMatchObject(refused);
    expect(decide(['SM_USER', 'john', header, ''], { profile }).decision).toMatchObject(refused);
    const { isIdentityHeader } = createAuthenticator({ trustedProxies: PROXY, profile });
    expect([isIdentityHeader(header), isIdentityHeader('SM_USER')]).toEqual([true, true]);
  });
  it.each(['X-User-', 'x_user_', 'X-User.'])('has an alias by its last sign: %s', (header) => {
    const { authenticate } = createAuthenticator({
      trustedProxies: '10.0.0.7',
      profile: { id: 'vendor', user: { header: 'X-User_' } },
      log: false,
    });
    expect(authenticate({ peer: '10.0.0.7', rawHeaders: [header, 'john'] })).toMatchObject({
      kind: 'refused',
      reason: 'header-ambiguous',
    });
  });
});

describe('one header for user and email (H8)', () => {
  const profile: HeaderProfile = {
    id: 'access',
    user: { header: 'Cf-Access-Authenticated-User-Email' },
    email: 'user',
  };
  const decided = (value: string, options: Partial<AuthenticatorOptions> = {}) =>
    decide(['Cf-Access-Authenticated-User-Email', value], { profile, ...options });

  it('is both', () => {
    const { decision, lines } = decided('a@example.com', { required: ['email'] });
    expect(decision).toMatchObject({ identity: { user: 'a@example.com', email: 'a@example.com' } });
    expect(lines).toEqual([]);
  });

  it('is the user alone where it is no address, which is no fault', () => {
    const { decision, events } = decided('john');
    expect(decision).toMatchObject({ identity: { user: 'john' } });
    expect(decision).not.toHaveProperty('identity.email');
    expect(events[0]?.warnings).toEqual([]);
    expect(decided('john', { required: ['email'] }).decision).toMatchObject({
      reason: 'header-missing',
    });
  });

  it('is what the error says where somebody writes it twice', () => {
    const user = { header: 'X-Mail' };
    expect(errorOf({ profile: { id: 'x', user, email: user } })).toBe(
      `profile.email.header: "X-Mail" is the header of profile.user too; write email: 'user', if the user is an email address`,
    );
  });
});

describe('several profiles (H14)', () => {
  const both = { profile: ['authelia', 'authentik'] } as const;

  it('one of them may claim', () => {
    expect(decide(['Remote-User', 'john'], both).decision).toMatchObject({
      identity: { user: 'john' },
    });
    const other = ['X-authentik-username', 'ann', 'X-authentik-groups', 'a,b|c'];
    expect(decide(other, both).decision).toMatchObject({
      identity: { user: 'ann', groups: ['a,b', 'c'] },
    });
    expect(decide([...other, 'Remote-Groups', ''], both).decision.kind).toBe('authenticated');
  });

  it.each([
    ['X-authentik-username', 'john', 'also of the same user'],
    ['X-authentik-groups', 'admin', 'and by groups alone'],
  ])('two claims are refused: %s: %s, %s', (header, value) => {
    expect(decide(['Remote-User', 'john', header, value], both).decision).toEqual({
      kind: 'refused',
      reason: 'header-repeated',
      header: 'X-authentik-username',
      peer: PROXY,
      detail: 'a claim by the profile authelia and one by authentik',
    });
  });

  it.each<[lines: string[], decision: object, why: string]>([
    [
      ['X-A-Group', '', 'X-A-Group', 'admin', 'X-B', 'john'],
      {
        kind: 'refused',
        reason: 'header-repeated',
        header: 'X-B',
        detail: 'a claim by the profile a and one by b',
      },
      'one line of a list is a claim, whatever is in the others',
    ],
    [
      ['X-A-Group', '', 'X-A-Group', ' ', 'X-B', 'john'],
      { kind: 'authenticated', identity: { user: 'john' } },
      'empty lines are none',
    ],
    [
      ['X-A-Group', 'admin', 'X-A-Group', ''],
      { kind: 'refused', reason: 'user-missing', header: 'X-A' },
      'of groups alone',
    ],
  ])('a list with a line for each group is looked through: %j', (lines, expected) => {
    const profile: readonly HeaderProfile[] = [
      { id: 'a', user: { header: 'X-A' }, groups: { header: 'X-A-Group', separator: 'line' } },
      { id: 'b', user: { header: 'X-B' } },
    ];
    expect(decide(lines, { profile }).decision).toMatchObject(expected);
  });

  it('the user header of each is named where a request names nobody', () => {
    expect(decide([], both).lines).toEqual([
      'trusted-header: the proxy 172.20.0.2 sent a request without Remote-User or X-authentik-username; if that person is signed in, make it copy the headers of the authorization response (npx @trusted-header/cli proxy-config)',
    ]);
  });

  it('all their headers are stripped, and their aliases looked for', () => {
    const { isIdentityHeader } = createAuthenticator({ trustedProxies: PROXY, ...both });
    const names = ['Remote-User', 'x_authentik_name', 'X-authentik-jwt', 'X-Forwarded-User'];
    expect(names.map(isIdentityHeader)).toEqual([true, true, true, false]);
    expect(
      decide(['Remote-User', 'john', 'X_authentik_username', ''], both).decision,
    ).toMatchObject({ reason: 'header-ambiguous', header: 'X-authentik-username' });
  });

  it.each<[options: object, says: string]>([
    [{ profile: [] }, 'profile: [] is an empty list; write at least one profile'],
    [
      { profile: 'authelai' },
      'profile: "authelai" is not the id of a profile; write one of authelia,',
    ],
    [
      { profile: ['authelia', 'nope'] },
      'profile[1]: "nope" is not the id of a profile; write one of authelia,',
    ],
    [
      { profile: ['authelia', 'tinyauth'] },
      'profile[1].user.header: "Remote-User" is the header of profile[0].user too; name one of the two profiles: nobody can tell their claims apart',
    ],
    [{ profile: holed('authelia') }, 'profile[1]: undefined is not a profile'],
    [
      { profile: ['authelia', 'tailscale'], required: ['groups'] },
      'required: "groups" has no header in the profile',
    ],
  ])('%j: %s', (options, says) => {
    expect(errorOf(options)).toContain(says);
  });

  it('each may be named by its id', () => {
    for (const profile of ALL) {
      const { id, user } = profile;
      const options = { trustedProxies: PROXY, profile: id, log: false };
      const made: ReturnType<typeof createAuthenticator> = Reflect.apply(
        createAuthenticator,
        undefined,
        [options],
      );
      const facts = { peer: PROXY, rawHeaders: [user.header, `${user.prefix ?? ''}john`] };
      expect(made.authenticate(facts)).toMatchObject({ identity: { user: 'john' } });
    }
  });
});

describe("the profile must be the proxy's (H15)", () => {
  // Shibboleth's REMOTE_USER is an alias of it, which is refused as such.
  const others = ALL.filter(({ user }) => !/^remote[-_]user$/i.test(user.header));
  /** With the user, all that an ordinary claim says. */
  const ORDINARY = [
    ...['Remote-Groups', 'admin', 'Remote-Name', 'John'],
    ...['Remote-Email', 'john@example.com'],
  ];
  const named = ({ user }: HeaderProfile, value: string) => `${user.prefix ?? ''}${value}`;

  it.each(others.map((profile) => [profile.id, profile.user.header, named(profile, 'john')]))(
    'says that a request looks like those of %s, and is nobody’s',
    (id, header, john) => {
      const { decision, events, lines } = decide([header, john]);
      expect(decision).toEqual({ kind: 'anonymous', trusted: true });
      const time = expect.any(Number);
      expect(events).toEqual([{ decision, warnings: [], looksLike: id, time }]);
      expect(lines).toEqual([
        `trusted-header: the proxy 172.20.0.2 sent a request without Remote-User, but with ${header}: is the profile '${id}'?`,
      ]);
    },
  );

  it.each(others.map((profile) => [profile.id, profile.user.header, named(profile, 'john')]))(
    'refuses a request that names another user as %s does, and lets the same one in',
    (id, header, john) => {
      expect(decide([header, john, 'Remote-User', 'john']).decision.kind).toBe('authenticated');
      const { decision, lines } = decide([header, john, 'Remote-User', 'mallory']);
      expect(decision).toEqual({
        kind: 'refused',
        reason: 'header-ambiguous',
        header: 'Remote-User',
        peer: PROXY,
        detail: `${header}, of the profile ${id}, names another user`,
      });
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain(`profile: '${id}'`);
      expect(lines[0]).toContain("otherProfiles: 'ignore'");
      expect(lines[0]).not.toMatch(/john|mallory/);
    },
  );

  it.each<[lines: string[], kind: string, why: string]>([
    [['X-Forwarded-User', 'john'], 'authenticated', 'the same user'],
    [['X-Forwarded-User', ' '], 'authenticated', 'nobody'],
    [['X_Forwarded_User', 'root'], 'authenticated', 'a spelling that no proxy sends'],
    [['Tailscale-User-Login', '=?utf-8?q?john?='], 'authenticated', 'the same, once decoded'],
    [['Connection', 'X-Forwarded-User'], 'authenticated', 'not ours to lose'],
    [['X-Forwarded-User', 'john', 'X-Forwarded-User', 'root'], 'refused', 'the second is another'],
    [['X-Forwarded-User', 'John'], 'refused', 'another case is another user'],
    [[...ORDINARY, 'X-Forwarded-User', 'john'], 'authenticated', 'the same, in full'],
    [[...ORDINARY, 'X-Forwarded-User', 'root'], 'refused', 'the rest is as ever'],
  ])('beside Remote-User: john, %j is %s: %s', (lines, kind) => {
    expect(decide(['Remote-User', 'john', ...lines]).decision.kind).toBe(kind);
  });

  it('takes the same text for the same user, whatever the other profile would take off it', () => {
    const name = 'accounts.google.com:john';
    const lines = ['Remote-User', name, 'X-Goog-Authenticated-User-Email', name];
    expect(decide(lines).decision).toMatchObject({ identity: { user: name } });
  });

  it('tells headers apart that are aliases to each other', () => {
    const ann = ['X-authentik-username', 'ann'];
    for (const header of ['Remote-User', 'REMOTE_USER']) {
      const { decision } = decide([...ann, header, 'root'], { profile: 'authentik' });
      expect(decision).toMatchObject({ reason: 'header-ambiguous', detail: expect.any(String) });
      expect(decision).toHaveProperty(
        'detail',
        expect.stringContaining(`${header}, of the profile`),
      );
    }
    expect(decide(['REMOTE_USER', 'root']).decision).toMatchObject({
      reason: 'header-ambiguous',
      header: 'Remote-User',
    });
    expect(decide(['Remote-User', 'root'], { profile: 'shibboleth' }).decision).toMatchObject({
      reason: 'header-ambiguous',
      header: 'REMOTE_USER',
    });
  });

  it('lets chains of proxies say that others are there', () => {
    const lines = ['X-Forwarded-User', 'root', 'Remote-User', 'john'];
    const { decision } = decide(lines, { otherProfiles: 'ignore' });
    expect(decision).toMatchObject({ identity: { user: 'john' } });
    expect(errorOf({ otherProfiles: 'allow' })).toBe(
      "otherProfiles: \"allow\" is not a choice; write 'refuse' or 'ignore'",
    );
  });

  it('names the other profile where only groups are ours', () => {
    const { decision } = decide(['X-Forwarded-User', 'john', 'Remote-Groups', 'admin']);
    expect(decision).toMatchObject({
      reason: 'user-missing',
      detail: 'X-Forwarded-User names a user, as the profile oauth2-proxy does',
    });
  });

  it('does not look at what the profile itself reads', () => {
    const profile: HeaderProfile = {
      id: 'x',
      user: { header: 'X-User' },
      extra: { sub: { header: 'X-Forwarded-User' } },
    };
    const lines = ['X-User', 'john', 'X-Forwarded-User', '7'];
    expect(decide(lines, { profile }).decision).toMatchObject({
      identity: { user: 'john', extra: { sub: '7' } },
    });
  });

  it('neither strips nor believes a stranger’s', () => {
    const { authenticate, isIdentityHeader } = createAuthenticator({ trustedProxies: PROXY });
    expect(isIdentityHeader('X-Forwarded-User')).toBe(false);
    const facts = { peer: '172.20.0.9', rawHeaders: ['X-Forwarded-User', 'john'] };
    expect(authenticate(facts)).toEqual({ kind: 'anonymous', trusted: false });
  });
});
