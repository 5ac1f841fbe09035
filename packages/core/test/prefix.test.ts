import { describe, expect, it } from '@jest/globals';
import { createAuthenticator, type Decision, type HeaderProfile } from '../src/index.js';

const PROXY = '172.20.0.2';

const PROFILE: HeaderProfile = {
  id: 'prefixed',
  user: { header: 'X-User', prefix: 'accounts.example:' },
  email: 'user',
  name: { header: 'X-Name', prefix: 'name=' },
  extra: { id: { header: 'X-Id', prefix: 'id:', encoding: 'base64' } },
};

function decide(rawHeaders: readonly string[], profile = PROFILE): Decision {
  const { authenticate } = createAuthenticator({ trustedProxies: PROXY, profile, log: false });
  return authenticate({ peer: PROXY, rawHeaders });
}

describe('a value behind a prefix', () => {
  it('is read without it, in each header that has one', () => {
    expect(
      decide([
        'X-User',
        ' accounts.example:j@example.com\t',
        'X-Name',
        'name=JÃ¼rgen',
        'X-Id',
        'id:NDI=',
      ]),
    ).toMatchObject({
      identity: {
        user: 'j@example.com',
        email: 'j@example.com',
        name: 'Jürgen',
        extra: { id: '42' },
      },
    });
  });

  it.each([
    ['j@example.com', 'without the prefix accounts.example:', 'no prefix'],
    ['Accounts.example:j@example.com', 'without the prefix accounts.example:', 'another case'],
    ['other.example:j@example.com', 'without the prefix accounts.example:', 'somebody else’s'],
    ['accounts.example', 'without the prefix accounts.example:', 'half of it'],
    ['accounts.example:', 'nothing behind the prefix accounts.example:', 'it alone'],
    [
      'accounts.example: j@example.com',
      'white space behind the prefix accounts.example:',
      'white space behind it',
    ],
    ['accounts.example:a,b', 'a comma in a single line', 'a comma'],
    ['accounts.example:(null)', 'a placeholder that the proxy did not fill in', 'a placeholder'],
    ['accounts.example:a\x01', 'the invisible character U+0001', 'a control character'],
    [
      `accounts.example:${'u'.repeat(257)}`,
      'userBytes 257 > limits.userBytes 256',
      'more than the limit, without the prefix',
    ],
  ])('costs the login where it is %j (%s): %s', (value, detail, _why) => {
    expect(decide(['X-User', value])).toEqual({
      kind: 'refused',
      reason: 'header-malformed',
      header: 'X-User',
      peer: PROXY,
      detail,
    });
  });

  it('may be as long as the limit, and is taken off once', () => {
    const user = `accounts.example:${'u'.repeat(239)}`;
    expect(decide(['X-User', `accounts.example:${user}`])).toMatchObject({ identity: { user } });
  });

  it('costs a name or an extra only where it is another', () => {
    expect(decide(['X-User', 'accounts.example:j', 'X-Name', 'Mallory', 'X-Id', 'NDI='])).toEqual({
      kind: 'authenticated',
      identity: { user: 'j' },
      source: { kind: 'address', address: PROXY },
    });
  });

  it('is no value where the line is empty', () => {
    expect(decide(['X-User', ' '])).toEqual({ kind: 'anonymous', trusted: true });
    expect(decide(['X-User', ' ', 'X-Name', 'name=Kim'])).toMatchObject({ reason: 'user-missing' });
  });

  it('may be nobody’s, with the prefix or without', () => {
    const profile: HeaderProfile = { ...PROFILE, nobody: ['guest', 'none:'] };
    expect(decide(['X-User', 'accounts.example:guest'], profile).kind).toBe('anonymous');
    expect(decide(['X-User', 'none:'], profile).kind).toBe('anonymous');
  });

  it.each<[object, string]>([
    [
      { user: { header: 'X-User', prefix: '' } },
      `profile.user.prefix: "" is no text to stand before a value; write what comes before every value, such as 'accounts.google.com:'`,
    ],
    [
      { user: { header: 'X-User', prefix: ' a:' } },
      'profile.user.prefix: " a:" is no text to stand before a value',
    ],
    [
      { user: { header: 'X-User', prefix: 'ü:' } },
      'profile.user.prefix: "ü:" is no text to stand before a value',
    ],
    [{ user: { header: 'X-User', prefix: 'a:\u0001' } }, 'is no text to stand before a value'],
    [
      { user: { header: 'X-User', prefix: 7 } },
      'profile.user.prefix: 7 is no text to stand before a value',
    ],
    [
      { user: { header: 'X-User' }, groups: { header: 'X-Groups', prefix: 'g:' } },
      'profile.groups.prefix: "prefix" is not a setting',
    ],
  ])('is refused at start as %j', (profile, message) => {
    const create = () =>
      Reflect.apply(createAuthenticator, undefined, [
        { trustedProxies: PROXY, profile: { id: 'x', ...profile } },
      ]);
    expect(create).toThrow(message);
    expect(create).toThrow(expect.objectContaining({ issues: [expect.anything()] }));
  });

  it('is no setting of groups, whatever it is, and is one of an email', () => {
    const create = (more: object) =>
      Reflect.apply(createAuthenticator, undefined, [
        { trustedProxies: PROXY, profile: { id: 'x', user: { header: 'X-User' }, ...more } },
      ]);
    const ofGroups = () => create({ groups: { header: 'X-Groups', prefix: '' } });
    expect(ofGroups).toThrow(expect.objectContaining({ issues: [expect.anything()] }));
    const { authenticate } = create({ email: { header: 'X-Email', prefix: 'mailto:' } });
    const rawHeaders = ['X-User', 'j', 'X-Email', 'mailto:j@example.com'];
    expect(authenticate({ peer: PROXY, rawHeaders })).toMatchObject({
      identity: { email: 'j@example.com' },
    });
  });
});
