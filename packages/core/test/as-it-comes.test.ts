import { describe, expect, it } from '@jest/globals';
import { isPlaceholder } from '../src/identity/is-placeholder.js';
import {
  type AuthenticatorOptions,
  compileGuard,
  compileTrust,
  createAuthenticator,
  type HeaderProfile,
} from '../src/index.js';

const PROXY = '172.20.0.2';

function read(options: Partial<AuthenticatorOptions>, ...rawHeaders: string[]) {
  const lines: string[] = [];
  const decision = createAuthenticator({
    trustedProxies: PROXY,
    log: (line) => lines.push(line),
    ...options,
  }).authenticate({ peer: PROXY, rawHeaders });
  return { decision, lines };
}

describe('placeholders of every language (H4)', () => {
  it.each([
    ['userdata: (nil)', 'Lua'],
    ['userdata: 0x7f00', 'Lua'],
    ['table: 0x55d0', 'Lua'],
    ['function: 0x55d0', 'Lua'],
    ['function: builtin: 0x55d0', 'Lua'],
    ['map[]', 'an empty map of Go'],
    ['map[sub:x]', 'a map of Go'],
    ['&{}', 'a struct of Go'],
    ['&map[a:b]', 'a pointer of Go'],
    ['%!(EXTRA string=x)', 'Go'],
    ['[object Undefined]', 'JavaScript'],
    ['[object Promise]', 'JavaScript'],
    ['[]', 'an empty list of JSON'],
    ['%DOWNSTREAM_PEER_SUBJECT%', 'Envoy'],
    ['%USERNAME%', 'Windows'],
    ['$(REMOTE_USER)', 'make'],
    ['$request.header.x-user', 'nginx’s and OpenAPI’s dotted variables'],
    ['<null>', 'a log'],
    ['<NULL>', 'a log'],
    ['<none>', 'a log'],
    ['<undefined>', 'a log'],
    ['(none)', 'a log'],
    ['(undefined)', 'a log'],
    ['(NULL)', 'a log'],
    ['<%= user %>', 'ERB and EJS'],
    ['<?= $user ?>', 'PHP'],
  ])('takes %j for one: %s', (text) => {
    expect(isPlaceholder(text)).toBe(true);
  });

  it.each([
    'userdata: kim',
    'table',
    'mapped',
    'map[',
    '&co',
    '[ops]',
    '100%',
    '%kim%',
    '$VJE100-JMG47RA4F2E8',
    '<kim>',
    '(kim)',
    'function: x',
    '%%',
    '$ kim',
  ])('takes %j for a name', (text) => {
    expect(isPlaceholder(text)).toBe(false);
  });
});

describe('who is nobody (H13)', () => {
  const profile: HeaderProfile = {
    id: 'x',
    user: { header: 'U' },
    groups: { header: 'G' },
    nobody: ['-', '(null)', 'guest,x', 'anonymous'],
  };

  it.each(['-', '(null)', 'guest,x', ' anonymous '])(
    'is so, whatever it looks like: %j',
    (text) => {
      expect(read({ profile }, 'U', text, 'G', 'x')).toEqual({
        decision: { kind: 'anonymous', trusted: true },
        lines: [],
      });
    },
  );

  it.each<[what: string, profile: HeaderProfile]>([
    ['and no header tells the name', profile],
    ['and the name is not sent', { ...profile, name: { header: 'N', prefix: 'n:' } }],
  ])('is not everybody whose user is missing, %s', (_what, given) => {
    expect(read({ profile: given }, 'G', 'x').decision).toEqual({
      kind: 'refused',
      reason: 'user-missing',
      header: 'U',
      peer: PROXY,
    });
  });

  it.each(['', ' '])('has a name: %j', (name) => {
    expect(() => read({ profile: { ...profile, nobody: [name] } })).toThrow('profile.nobody: [');
  });
});

describe("groups in the format 'dn-list', in other hands", () => {
  it.each<[value: string, groups: string[], why: string]>([
    [
      'CN=a,O=Acme,L=Brno,ST=Jm,C=CZ,CN=b,O=Acme,C=CZ',
      ['CN=a,O=Acme,L=Brno,ST=Jm,C=CZ', 'CN=b,O=Acme,C=CZ'],
      'a place behind the organisation',
    ],
    [
      'cn=a,l=Brno,ou=x,o=Acme,cn=b,o=Acme',
      ['cn=a,l=Brno,ou=x,o=Acme', 'cn=b,o=Acme'],
      'before it',
    ],
    [
      'CN="Doe, John",DC=com,CN=b,DC=com',
      ['CN="Doe, John",DC=com', 'CN=b,DC=com'],
      'quotes, as RFC 2253 has them',
    ],
    [
      'CN= "x,admins,\\",y",DC=com,z',
      ['CN= "x,admins,\\",y",DC=com', 'z'],
      'what is in them is no group',
    ],
    ['CN="a,DC=com,b', ['CN="a,DC=com', 'b'], 'a quote that does not end is a character'],
    ['a"b,c"d', ['a"b', 'c"d'], 'quotes elsewhere are characters'],
  ])('%j: %j, %s', (value, groups, _why) => {
    const profile: HeaderProfile = {
      id: 'ldap',
      user: { header: 'U' },
      groups: { header: 'G', format: 'dn-list' },
    };
    const { decision } = read({ profile }, 'U', 'kim', 'G', value);
    expect(decision).toMatchObject({ identity: { groups } });
  });
});

describe('what the log says to do (D3)', () => {
  it('names the limit and both numbers of a value that is too long to be decoded', () => {
    expect(read({}, 'Remote-User', '\u00c3\u00a9'.repeat(8193)).decision).toMatchObject({
      reason: 'header-malformed',
      detail: 'userBytes 16386 > limits.userBytes 256',
    });
  });

  it('tells that a required email is not in the user', () => {
    const profile: HeaderProfile = { id: 'x', user: { header: 'U' }, email: 'user' };
    const { decision, lines } = read({ profile, required: ['email'] }, 'U', 'kim');
    expect(decision).toMatchObject({
      reason: 'header-missing',
      detail: 'the user is no email address',
    });
    expect(lines).toEqual([
      'trusted-header: peer 172.20.0.2 named a user without U, which `required` asks for (the user is no email address); mend the value at the provider, or do not require it',
    ]);
  });

  it('tells of an email without a user that the email may be the user', () => {
    const { decision, lines } = read(
      { profile: 'oauth2-proxy-auth-request' },
      'X-Auth-Request-Email',
      'j@example.com',
    );
    expect(decision).toMatchObject({
      reason: 'user-missing',
      detail: 'but with X-Auth-Request-Email',
    });
    expect(lines).toEqual([
      "trusted-header: peer 172.20.0.2 sent identity headers without X-Auth-Request-User (but with X-Auth-Request-Email); make it send the user too (oauth2-proxy: --user-id-claim), or, if the email is the user, say so in a profile of your own: user: { header: 'X-Auth-Request-Email' }, email: 'user'",
    ]);
  });

  it.each<[held: string, wanted: string, says: string]>([
    ['/Admins', 'admins', '"admins" is there with a / before it'],
    ['admins', '/admins', '"/admins" is there without the / before it'],
    ['ops;admins', 'admins', '"admins" is there, and not separated from others'],
    ['ops|admins', 'admins', '"admins" is there, and not separated from others'],
    ['ops admins', 'admins', '"admins" is there, and not separated from others'],
    ['CN=admins\\, x', 'y', 'a distinguished name'],
    ['uid=a,o=b', 'x', 'a distinguished name'],
  ])('of a group %j, where %j is asked for: %s', (held, wanted, says) => {
    const lines: string[] = [];
    const { authenticate } = createAuthenticator({
      trustedProxies: PROXY,
      log: (line) => lines.push(line),
    });
    const rawHeaders = ['Remote-User', 'kim', 'Remote-Groups', held];
    compileGuard({ groups: { anyOf: [wanted] } })(authenticate({ peer: PROXY, rawHeaders }));
    expect(lines[0]).toContain(says);
  });
});

describe('mistakes of the file that the list came from (T2)', () => {
  it.each<[list: string, says: string]>([
    ['172.20.0.2 // traefik', '[1]: "//" begins a comment; remove it, and what is behind it'],
    ['172.20.0.2 /* traefik */', '[1]: "/*" begins a comment'],
    ['172.20.0.2 -- traefik', '[1]: "--" begins a comment'],
    ['172.20.0.2 ; traefik', '[1]: ";" begins a comment'],
    ['- 172.20.0.2', '[0]: "-" is an item of a list; write the address without it'],
    ['TRUSTED_PROXIES=172.20.0.2', 'has the name of a variable before it; write 172.20.0.2'],
    ['trustedProxies=172.20.0.2', 'has the name of a variable before it; write 172.20.0.2'],
    ['\u201c172.20.0.2\u201d', 'has quotes or brackets of its file around it; write 172.20.0.2'],
    ['(172.20.0.2)', 'has quotes or brackets of its file around it; write 172.20.0.2'],
    ['{172.20.0.2}', 'has quotes or brackets of its file around it; write 172.20.0.2'],
    ['<172.20.0.2>', 'has quotes or brackets of its file around it; write 172.20.0.2'],
    ['172.20.0.2|10.0.0.1', 'has a |; separate entries by commas: 172.20.0.2, 10.0.0.1'],
    ['172.20.0.2;10.0.0.1', 'has a semicolon; separate entries by commas: 172.20.0.2, 10.0.0.1'],
    ['%PROXY%', 'is a variable that nobody has filled in'],
    ['$(PROXY)', 'is a variable that nobody has filled in'],
    ['%{PROXY}', 'is a variable that nobody has filled in'],
    ['<proxy-ip>', 'is a variable that nobody has filled in'],
  ])('%j: %s', (list, says) => {
    expect(() => compileTrust(list)).toThrow(says);
  });

  it('says one thing about a list with a comment', () => {
    expect(() => compileTrust('172.20.0.2 // traefik, the proxy')).toThrow(
      /^trustedProxies\[1\]: [^\n]*$/,
    );
  });

  it('says of several addresses in one string of a list how to part them', () => {
    expect(() => compileTrust(['10.0.0.8, 10.0.0.9'])).toThrow(
      "is not an address, but several; write them apart: '10.0.0.8', '10.0.0.9'",
    );
  });
});
