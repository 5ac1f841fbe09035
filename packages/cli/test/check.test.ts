import { describe, expect, it } from '@jest/globals';
import { runCli } from './fake-io.js';

const TRUSTED = ['--trusted-proxies', '172.20.0.2'];
const FROM_PROXY = [...TRUSTED, '--peer', '172.20.0.2'];
const user = (...more: string[]): string[] => [
  'check',
  ...FROM_PROXY,
  '-H',
  'Remote-User: john',
  ...more,
];

describe('check', () => {
  it('says who is refused, by which rule, and what to change', async () => {
    const { code, out } = await runCli([
      'check',
      ...TRUSTED,
      '--peer',
      '172.20.0.9',
      '-H',
      'Remote-User: john',
      '-H',
      'Remote-Groups: admin',
    ]);
    expect(code).toBe(1);
    expect(out).toBe(`refused: peer-untrusted
  rule     T1–T3
  because  the request claims a user, and its peer is not among the trusted proxies
  change   if that peer is your proxy, name it in TRUSTED_PROXIES; if not, somebody tried to be somebody
  client   gets 403
  log      trusted-header: peer 172.20.0.9 sent identity headers but is not in trustedProxies; if it is your proxy, add 172.20.0.9
`);
  });

  it('says who is authenticated', async () => {
    const { code, out } = await runCli(
      user('-H', 'Remote-Groups: admin,dev', '-H', 'Remote-Name: Jürgen'),
    );
    expect(code).toBe(0);
    expect(out).toBe(`authenticated
  user     john
  groups   ["admin","dev"]
  name     Jürgen
  rule     T3, H1–H6
  because  the peer is trusted, and the headers can be read in one way only
`);
  });

  it('reads TRUSTED_PROXIES, and prints JSON', async () => {
    const { code, out } = await runCli(
      ['check', '--peer', '::ffff:10.0.0.7', '-H', 'Remote-User: john', '--json'],
      { env: { TRUSTED_PROXIES: '10.0.0.7' } },
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      decision: {
        kind: 'authenticated',
        identity: { user: 'john' },
        source: { kind: 'address', address: '10.0.0.7' },
      },
      rule: 'T3, H1–H6',
      because: 'the peer is trusted, and the headers can be read in one way only',
      change: 'nothing',
      warnings: [],
      findings: [],
    });
  });

  it.each<[reason: string, rule: string, args: string[]]>([
    ['header-repeated', 'H2', user('-H', 'Remote-User: evil')],
    ['header-ambiguous', 'H3', user('-H', 'Remote_User: evil')],
    ['header-hop-by-hop', 'H3', user('-H', 'Connection: close, Remote-User')],
    [
      'header-malformed',
      'H4–H6',
      ['check', ...FROM_PROXY, '-H', 'Remote-User: {http.reverse_proxy.header.Remote-User}'],
    ],
    ['header-missing', 'H7', user('--required', 'groups, email')],
    ['user-missing', 'H7', ['check', ...FROM_PROXY, '-H', 'Remote-Groups: admin']],
    [
      'headers-too-many',
      'H11',
      user(...Array.from({ length: 600 }, (_, i) => ['-H', `X-${i}: 1`]).flat()),
    ],
    [
      'peer-unparsable',
      'T4',
      ['check', ...TRUSTED, '--peer', '172.20.0.2:80', '-H', 'Remote-User: john'],
    ],
    [
      'peer-untrusted',
      'T1–T3',
      ['check', ...TRUSTED, '--unix-socket', '/run/app.sock', '-H', 'Remote-User: john'],
    ],
  ])('explains %s by %s', async (reason, rule, args) => {
    const { code, out } = await runCli(args);
    expect(code).toBe(1);
    expect(out).toContain(`refused: ${reason}\n`);
    expect(out).toContain(`  rule     ${rule}\n`);
  });

  it.each<[peer: string, change: RegExp]>([
    ['172.20.0.2', /make the proxy copy the headers/],
    ['172.20.0.9', /if 172\.20\.0\.9 is your proxy/],
  ])('explains an anonymous request from %s', async (peer, change) => {
    const { code, out } = await runCli([
      'check',
      ...TRUSTED,
      '--peer',
      peer,
      '-H',
      'Remote-User;',
      '-H',
      'Accept: */*',
    ]);
    expect(code).toBe(1);
    expect(out).toMatch(/^anonymous\n/);
    expect(out).toMatch(change);
    expect(out).toContain('gets 401');
  });

  it('hands bytes over as Node does, and drops a name that is no text', async () => {
    const { code, out } = await runCli(user('-H', 'Remote-Name: a\u202eb'));
    expect(code).toBe(0);
    expect(out).toContain(
      'warning  Remote-Name is not a clean value (the invisible character U+202E) and was left out',
    );
  });

  it('takes another profile', async () => {
    const { out } = await runCli([
      'check',
      ...FROM_PROXY,
      '--profile',
      'authentik',
      '-H',
      'X-authentik-username: a',
      '-H',
      'X-authentik-groups: x|y',
    ]);
    expect(out).toContain('groups   ["x","y"]');
  });

  it('says what is unwise about the list', async () => {
    const { out } = await runCli([
      'check',
      '--trusted-proxies',
      '172.20.0.0/24',
      '--peer',
      '172.20.0.2',
      '-H',
      'Remote-User: john',
    ]);
    expect(out).toMatch(/audit {4}high: 172\.20\.0\.0\/24 holds 256 addresses/);
  });

  it('reads the last request of what curl -v prints', async () => {
    const dump = `* Connected to 127.0.0.1
> GET /old HTTP/1.1
> Remote-User: old
>
< HTTP/1.1 302 Found
> GET / HTTP/1.1\r
> Host: 127.0.0.1:3000\r
> Remote-User: jürgen\r
> Remote-Groups:\r
>\r
< HTTP/1.1 200 OK
< Remote-User: decoy
`;
    const { code, out } = await runCli(['check', ...FROM_PROXY, '--from', '-'], {
      files: { '-': dump },
    });
    expect(code).toBe(0);
    expect(out).toContain('user     jürgen\n');
    expect(out).toContain('groups   []\n');
  });

  it('reads a HAR file', async () => {
    const har = JSON.stringify({
      log: {
        entries: [
          { request: { headers: [{ name: 'Remote-User', value: 'old' }] } },
          {
            request: {
              headers: [
                { name: ':path', value: '/' },
                { name: 'remote-user', value: 'zoë' },
                { name: 'x', value: '' },
              ],
            },
          },
        ],
      },
    });
    const { code, out } = await runCli(['check', ...FROM_PROXY, '--from', 'a.har'], {
      files: { 'a.har': har },
    });
    expect(code).toBe(0);
    expect(out).toContain('user     zoë\n');
  });

  it.each<[why: string, args: string[], message: RegExp, files?: Record<string, string>]>([
    ['no list', ['check', '--peer', '1.2.3.4'], /^--trusted-proxies: is missing/],
    ['no peer', ['check', ...TRUSTED], /^--peer: is missing/],
    [
      'everybody trusted',
      ['check', '--trusted-proxies', '0.0.0.0/0', '--peer', '1.2.3.4'],
      /0\.0\.0\.0\/0/,
    ],
    [
      'a header without a colon',
      user('-H', 'Remote-User john'),
      /^--header: "Remote-User john" is not a header/,
    ],
    [
      'a header with a line break',
      user('-H', 'A: b\nC: d'),
      /^--header: "A: b\\nC: d" is not a header/,
    ],
    ['an empty header without a name', user('-H', 'a b;'), /^--header: "a b;" is not a header/],
    [
      'a profile that is none',
      user('--profile', 'x'),
      /^--profile: "x" is not known here; write one of authelia/,
    ],
    ['a value that cannot be required', user('--required', 'age'), /^--required: "age"/],
    ['an option that is none', user('--bogus'), /unknown option '--bogus'/],
    ['a file that is not there', user('--from', 'none'), /none cannot be read/],
    [
      'a dump without a request',
      user('--from', 'f'),
      /^--from: f holds no request/,
      { f: 'hello' },
    ],
    [
      'JSON that is no HAR',
      user('--from', 'f'),
      /^--from: f is JSON, but no HAR/,
      { f: '{"a":1}' },
    ],
    ['broken JSON', user('--from', 'f'), /^--from: f looks like JSON and is not/, { f: '{' }],
  ])('refuses %s with code 2 and one message', async (_, args, message, files = {}) => {
    const { code, out, err } = await runCli(args, { files });
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
