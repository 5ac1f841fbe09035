import { describe, expect, it } from '@jest/globals';
import {
  type AuthenticatorOptions,
  createAuthenticator,
  type Decision,
  type DecisionWarning,
  factsFromFetch,
  type HeaderProfile,
  type RequestFacts,
} from '../src/index.js';
import { authentik } from '../src/profiles/index.js';

const PROXY = '172.20.0.2';

const wire = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

function decide(
  lines: readonly string[],
  options: Partial<AuthenticatorOptions> = {},
  facts: Partial<RequestFacts> = {},
): { decision: Decision; warnings: readonly DecisionWarning[] } {
  let warnings: readonly DecisionWarning[] = [];
  const { authenticate } = createAuthenticator({
    trustedProxies: PROXY,
    log: false,
    ...options,
    onDecision: (event) => {
      warnings = event.warnings;
    },
  });
  const decision = authenticate({ peer: PROXY, rawHeaders: lines, ...facts });
  return { decision, warnings };
}

describe('an ornament that cannot be read costs itself, and not the login (H4)', () => {
  it.each([
    ['alice@example.com@app.example.com', 'not one @ between two parts', 'tinyauth'],
    ['alice@example.com,a.smith@example.com', 'a comma in a single line', 'FreeIPA, two mails'],
    ['a@example.com;b@example.com', 'not one @ between two parts', 'AD, with a semicolon'],
    ['root', 'not one @ between two parts', 'no mail system'],
    ['"j@home"@example.com', 'not one @ between two parts', 'a quoted local part'],
    ['@example.com', 'not one @ between two parts', 'nothing before it'],
    ['alice@', 'not one @ between two parts', 'nothing behind it'],
    ['-', 'a placeholder that the proxy did not fill in', 'a log format for nothing'],
    ['\xff@example.com', 'bytes that are not utf-8', 'no text'],
    [wire('al\u200bice@example.com'), 'the invisible character U+200B', 'a zero-width space'],
    ['al\x01ice@example.com', 'the invisible character U+0001', 'a control character'],
    [`${'a'.repeat(309)}@example.com`, 'emailBytes 321 > limits.emailBytes 320', 'too long'],
    [wire(`${'ü'.repeat(155)}@example.com`), 'emailBytes 322 > limits.emailBytes 320', 'UTF-8'],
  ])('the email %j: %s, %s', (email, detail, _why) => {
    expect(decide(['Remote-User', 'alice', 'Remote-Email', email])).toEqual({
      decision: {
        kind: 'authenticated',
        identity: { user: 'alice' },
        source: { kind: 'address', address: PROXY },
      },
      warnings: [{ code: 'email-dropped', header: 'Remote-Email', detail }],
    });
  });

  it.each([
    ['a\x01', 'the invisible character U+0001'],
    [wire('\u200dJohn'), 'the invisible character U+200D'],
    ['\x24{name}', 'a placeholder that the proxy did not fill in'],
    ['n'.repeat(513), 'nameBytes 513 > limits.nameBytes 512'],
    [wire('ü'.repeat(257)), 'nameBytes 514 > limits.nameBytes 512'],
  ])('the name %j: %s', (name, detail) => {
    const { decision, warnings } = decide(['Remote-User', 'alice', 'Remote-Name', name]);
    expect(decision).toMatchObject({ kind: 'authenticated', identity: { user: 'alice' } });
    expect(warnings).toEqual([{ code: 'name-dropped', header: 'Remote-Name', detail }]);
  });

  it('each extra, beside the others', () => {
    const profile: HeaderProfile = {
      ...authentik,
      extra: { uid: { header: 'X-authentik-uid' }, tenant: { header: 'X-tenant' } },
    };
    const lines = ['X-authentik-username', 'alice', 'X-authentik-uid', '-', 'X-tenant', 'blue'];
    expect(decide(lines, { profile })).toEqual({
      decision: {
        kind: 'authenticated',
        identity: { user: 'alice', extra: { tenant: 'blue' } },
        source: { kind: 'address', address: PROXY },
      },
      warnings: [
        {
          code: 'extra-dropped',
          header: 'X-authentik-uid',
          detail: 'a placeholder that the proxy did not fill in',
        },
      ],
    });
  });

  it('an extra has room for 8 192 bytes, and no more', () => {
    const lines = (uid: string) => ['X-authentik-username', 'alice', 'X-authentik-uid', uid];
    const uid = 'u'.repeat(8192);
    expect(decide(lines(uid), { profile: authentik })).toMatchObject({
      decision: { identity: { extra: { uid } } },
      warnings: [],
    });
    expect(decide(lines(`${uid}u`), { profile: authentik }).warnings).toEqual([
      {
        code: 'extra-dropped',
        header: 'X-authentik-uid',
        detail: 'extraBytes 8193 > limits.extraBytes 8192',
      },
    ]);
  });

  it('unless it is required: then it is missing, and the refusal says why', () => {
    expect(
      decide(['Remote-User', 'alice', 'Remote-Email', 'root'], { required: ['email'] }).decision,
    ).toEqual({
      kind: 'refused',
      reason: 'header-missing',
      header: 'Remote-Email',
      peer: PROXY,
      detail: 'not one @ between two parts',
    });
  });

  it.each(['Remote-Name', 'Remote-Email'])('but two lines of %s are refused as ever', (header) => {
    const value = 'a@example.com';
    expect(decide(['Remote-User', 'alice', header, value, header, value]).decision).toMatchObject({
      kind: 'refused',
      reason: 'header-repeated',
      header,
    });
  });
});

describe('a comma (H2)', () => {
  it('in a single line is no repetition, and still no user', () => {
    for (const user of ['Doe, John', 'CN=Doe\\, John,OU=Users,DC=example,DC=com', 'alice, admin']) {
      expect(decide(['Remote-User', user]).decision).toEqual({
        kind: 'refused',
        reason: 'header-malformed',
        header: 'Remote-User',
        peer: PROXY,
        detail: 'a comma in a single line',
      });
    }
  });

  it('is what joined lines look like where nobody can count them', () => {
    const lines = { user: ['alice, admin', 'a@b.c'], email: ['alice', 'a@b.c, d@e.f'] };
    for (const [kind, [user = '', email = '']] of Object.entries(lines)) {
      const facts = factsFromFetch(
        [
          ['remote-user', user],
          ['remote-email', email],
        ],
        PROXY,
      );
      expect(facts.joined).toBe(true);
      expect(decide([], {}, facts).decision).toEqual({
        kind: 'refused',
        reason: 'header-repeated',
        header: kind === 'user' ? 'Remote-User' : 'Remote-Email',
        peer: PROXY,
        detail: 'a comma, as in lines that were joined',
      });
    }
  });

  it('stands in a user where the profile says so and lines are counted', () => {
    const profile: HeaderProfile = { id: 'ldap', user: { header: 'Remote-User', comma: true } };
    const lines = ['Remote-User', 'CN=Doe\\, John,OU=Users,DC=example,DC=com'];
    expect(decide(lines, { profile }).decision).toMatchObject({
      identity: { user: 'CN=Doe\\, John,OU=Users,DC=example,DC=com' },
    });
    expect(decide(lines, { profile }, { joined: true }).decision).toMatchObject({
      kind: 'refused',
      reason: 'header-repeated',
    });
    expect(decide([...lines, ...lines], { profile }).decision).toMatchObject({
      kind: 'refused',
      reason: 'header-repeated',
    });
  });

  it('is not allowed by anything but true', () => {
    const options = {
      trustedProxies: PROXY,
      profile: { id: 'x', user: { header: 'Remote-User', comma: 'yes' } },
    };
    expect(() => Reflect.apply(createAuthenticator, undefined, [options])).toThrow(
      'profile.user.comma: "yes" is neither true nor false; write true',
    );
  });

  it('cannot be asked for in an email', () => {
    const email = { header: 'Remote-Email', comma: true };
    const options = {
      trustedProxies: PROXY,
      profile: { id: 'x', user: { header: 'Remote-User' }, email },
    };
    expect(() => Reflect.apply(createAuthenticator, undefined, [options])).toThrow(
      'profile.email.comma: "comma" is not a setting',
    );
  });
});
