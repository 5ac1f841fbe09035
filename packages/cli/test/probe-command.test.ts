import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from './fake-io.js';
import { COOKIE, type LeakyProxy, startLeaky, TOKEN } from './probe-server.js';

const ENV = { TRUSTED_HEADER_PROBE: TOKEN };
const URL_GIVEN = 'https://app.example.com';

describe('npx @trusted-header/cli probe', () => {
  let leaky: LeakyProxy;
  let walled: LeakyProxy;
  beforeAll(async () => {
    leaky = await startLeaky({ rule: 'keeps-absent', identity: ['Remote-User', 'ann'] });
    walled = await startLeaky({ cookie: COOKIE, rule: 'aliases' });
  });
  afterAll(async () => {
    await leaky.stop();
    await walled.stop();
  });

  it('says in one line what came of a case, and what to change in the proxy', async () => {
    const args = ['probe', leaky.url, '--path', '/', '--case', 'TH-P-USER,TH-P-GROUPS'];
    const { code, out, err } = await runCli(args, { env: ENV });
    expect([code, err]).toEqual([1, '']);
    expect(out.split('\n')).toEqual([
      `through the proxy, ${leaky.url}/`,
      '  the receiver answers; by itself the proxy sends Remote-User (line 6)',
      '  safe     TH-P-PEER                 whether the application trusts its peer: the application trusts its peer, the proxy',
      '  safe     TH-P-PLACEHOLDER          variables that the proxy did not fill in: the proxy leaves no variable unfilled',
      '  safe     TH-P-USER                 the user alone: did not arrive',
      '  ERROR    TH-P-GROUPS               the groups alone: believed: the client chooses its own groups',
      '',
      '1 error, 0 warnings, 0 notes, 3 safe, 0 unknown; 3 requests',
      '',
      'What to change in nginx, from a configuration in which nothing of this arrives: write this in the place of your own lines about these headers, wherever the application is reached:',
      '    proxy_set_header Remote-Groups "";',
      '    auth_request_set $th_remote_groups $upstream_http_remote_groups;',
      '    proxy_set_header Remote-Groups $th_remote_groups;',
      'All of it, for your own addresses:',
      '    npx @trusted-header/cli proxy-config nginx --app http://app:3000 --auth http://auth:9091 --domain app.example.com --profile authelia',
      '',
    ]);
  });

  it('takes the name of the proxy from the person rather than from an answer', async () => {
    const args = ['probe', leaky.url, '--path', '/', '--case', 'TH-P-GROUPS', '--proxy', 'caddy'];
    const { out } = await runCli(args, { env: ENV });
    expect(out).toContain('request_header -Remote-Groups');
  });

  it('prints the same as JSON, and writes JUnit and SARIF', async () => {
    const args = ['probe', leaky.url, '--path', '/', '--case', 'TH-P-GROUPS', '--json'];
    const more = ['--junit', 'probe.xml', '--sarif', 'probe.sarif', '--config', 'nginx.conf'];
    const files = { 'nginx.conf': 'server {\n  proxy_set_header Remote-Groups $g;\n}\n' };
    const { code, out, written } = await runCli([...args, ...more], { env: ENV, files });
    expect(code).toBe(1);
    const result = JSON.parse(out);
    expect(result.receiver).toBe('met');
    expect(result.outcomes.at(-1)).toMatchObject({ id: 'TH-P-GROUPS', level: 'error' });
    expect(result.remedy.proxy).toBe('nginx');
    expect(written['probe.xml']).toContain('<failure type="error"');
    expect(written['probe.sarif']).toContain('"startLine": 2');
  });

  it('asks for the host where the proxy has no such site', async () => {
    const elsewhere = await startLeaky({ shutsAfter: 0, shutsWith: 421 });
    try {
      const args = ['probe', elsewhere.url, '--path', '/', '--case', 'TH-P-PLAIN'];
      const { code, err } = await runCli(args, { env: ENV });
      expect(code).toBe(2);
      expect(err).toMatch(/^note: the proxy has no site of this name \(421\)/);
    } finally {
      await elsewhere.stop();
    }
  });

  it('asks for a cookie where the sign-in page stops everything', async () => {
    const args = ['probe', walled.url, '--path', '/', '--case', 'TH-P-PLAIN'];
    const { code, out, err } = await runCli(args, { env: ENV });
    expect(code).toBe(2);
    expect(out).toContain(
      'the receiver in the application was never met, so nothing can be called safe',
    );
    expect(err).toBe(
      'note: the sign-in page stops every request: give the cookie of somebody who is signed in with --cookie-file\n',
    );
  });

  it.each([
    ['the value of a Cookie header', `${COOKIE}\n`],
    ['a whole Cookie line', `Cookie: ${COOKIE}`],
    [
      'what curl writes',
      `# Netscape HTTP Cookie File\n\n#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t0\t${COOKIE.replace('=', '\t')}\n`,
    ],
  ])('takes from a cookie file %s', async (_, text) => {
    const args = ['probe', walled.url, '--path', '/', '--case', 'TH-P-DOT', '--cookie-file', 'c'];
    const failOn = ['--fail-on', 'warning'];
    const usual = await runCli(args, { env: ENV, files: { c: text } });
    expect([usual.code, usual.err]).toEqual([0, '']);
    expect(usual.out).toContain('WARNING  TH-P-DOT');
    const strict = await runCli([...args, ...failOn], { env: ENV, files: { c: text } });
    expect(strict.code).toBe(1);
  });

  it('says that without a token nothing can be proven', async () => {
    const { code, out } = await runCli(['probe', leaky.url, '--path', '/', '--case', 'TH-P-PLAIN']);
    expect(code).toBe(2);
    expect(out).toContain('unknown  TH-P-PLAIN');
    expect(out).toContain(
      'without TRUSTED_HEADER_PROBE here and in the application nothing can be called safe',
    );
  });

  it('tries a method once, however often it is named', async () => {
    const args = ['probe', leaky.url, '--path', '/', '--dry-run', '--case', 'TH-P-METHOD'];
    const { out } = await runCli([...args, '--methods', 'PUT,PUT', '--methods', 'PUT'], {});
    expect(out.match(/^PUT /gm)).toHaveLength(1);
  });

  it('makes tokens', async () => {
    const { out } = await runCli(['probe', '--new-token']);
    expect(out).toMatch(/^[0-9a-f]{32}\n$/);
    expect((await runCli(['probe', '--new-token'])).out).not.toBe(out);
  });

  it('goes on, and prints what has changed', async () => {
    const args = ['probe', leaky.url, '--path', '/', '--case', 'TH-P-GROUPS', '--watch'];
    const { out } = await runCli(args, { env: ENV, rounds: 1 });
    expect(out.endsWith('\nnothing has changed\n')).toBe(true);
  });

  it('says where it has changed', async () => {
    // The four requests of the first round, and nobody is let in any more.
    const shut = await startLeaky({ rule: 'keeps-absent', shutsAfter: 4 });
    try {
      const args = ['probe', shut.url, '--path', '/,/public', '--case', 'TH-P-NAME', '--watch'];
      const { out } = await runCli(args, { env: ENV, rounds: 1 });
      const [, , changed] = out.split(`through the proxy, ${shut.url}/public\n`);
      expect(changed).toMatch(/^ {2}unknown {2}TH-P-NAME .*\n$/);
    } finally {
      await shut.stop();
    }
  });

  it('prints nothing but results where they are JSON', async () => {
    const args = ['probe', leaky.url, '--path', '/', '--case', 'TH-P-USER', '--watch', '--json'];
    const { out } = await runCli(args, { env: ENV, rounds: 1 });
    const results = out.split(/(?<=^\}\n)/m);
    expect(results.map((text) => JSON.parse(text).receiver)).toEqual(['met', 'met']);
  });

  it('has told what it found where a file cannot be written', async () => {
    const args = ['probe', leaky.url, '--path', '/', '--case', 'TH-P-USER', '--junit', 'gone/x'];
    const { code, out, err } = await runCli(args, { env: ENV });
    expect(out).toContain('TH-P-USER');
    expect([code, err]).toEqual([2, 'gone/x cannot be written\n']);
  });

  it('prints the bytes of each request, and sends none', async () => {
    const before = await leaky.seen();
    const args = [
      'probe',
      leaky.url,
      '--path',
      '/',
      '--dry-run',
      '--direct',
      'http://10.0.0.5:3000',
    ];
    const { code, out, err } = await runCli([...args, '--cookie-file', 'c'], {
      env: ENV,
      files: { c: COOKIE },
    });
    const after = await leaky.seen();
    expect(after.requests).toBe(before.requests + 1);
    expect(code).toBe(0);
    expect(err).toMatch(/^\d\d requests; nothing was sent\n$/);
    const text = out
      .replace(/th-probe-[0-9a-f]{16}/g, 'th-probe-N')
      .replace(/probe\/[\d.]+/, 'probe/V');
    expect(text).toContain(
      [
        `# control, front, ${leaky.url}`,
        'GET / HTTP/1.1',
        `Host: ${leaky.url.slice('http://'.length)}`,
        'User-Agent: trusted-header-probe/V (th-probe-N-request-001)',
        'Trusted-Header-Probe-Mark: th-probe-N-request-001',
        'Accept: */*',
        'Trusted-Header-Probe: <TRUSTED_HEADER_PROBE>',
        'Cookie: <cookie-file>',
        'Connection: close',
      ].join('\n'),
    );
    expect(text).toContain('\nRemote-User : th-probe-N-space-colon-user\n');
    expect(text).toContain('\nRemote-User:\n th-probe-N-obs-fold-user\n');
    expect(text).toContain(
      '\nConnection: close, Remote-User, Remote-Groups, Remote-Name, Remote-Email\n',
    );
    expect(text).toContain('\nRemote-Email: th-probe-N-plain-email@probe.invalid\n');
    expect(text).toContain('\nX-P0: 1\n[… 1099 more, the last: X-P1099: 1]\n');
    expect(text).toContain('\n1\nx\n0\nRemote-User: th-probe-N-trailers-user\n');
    // The session is for the proxy alone.
    const direct = text.slice(text.indexOf('# TH-P-DIRECT:'));
    expect(direct.slice(0, direct.indexOf('\n\n'))).not.toContain('Cookie');
  });

  it.each<[why: string, args: string[], says: RegExp, env?: Record<string, string>]>([
    [
      'no url',
      [],
      /^probe: url is missing; write for example probe https:\/\/app\.example\.com\n$/,
    ],
    ['no URL', ['app.example.com'], /^url: "app\.example\.com" is no URL; write for example https/],
    ['another scheme', ['ftp://a'], /^url: "ftp:\/\/a" is neither http:\/\/ nor https:\/\//],
    ['a path in the URL', [`${URL_GIVEN}/x`], /^url: .* has a path; paths go into --path/],
    [
      'a password',
      ['https://ann:pass@a'],
      /^url: a name and a password in a URL are not taken; write/,
    ],
    [
      'a --direct that is none',
      [URL_GIVEN, '--direct', 'x'],
      /^--direct: "x" is no URL; write for example http:\/\/10/,
    ],
    [
      'a path without a slash',
      [URL_GIVEN, '--path', '/,public'],
      /^--path: "public" is no path; write/,
    ],
    [
      'another case',
      [URL_GIVEN, '--case', 'TH-P-X'],
      /^--case: "TH-P-X" is not known here; write one of TH-P-PLAIN/,
    ],
    [
      'another proxy',
      [URL_GIVEN, '--proxy', 'traefik'],
      /^--proxy: "traefik" is not known here; write traefik-labels/,
    ],
    [
      'another profile',
      [URL_GIVEN, '--profile', 'x'],
      /^--profile: "x" is not known here; write one of authelia/,
    ],
    [
      'another level',
      [URL_GIVEN, '--fail-on', 'note'],
      /^--fail-on: "note" is no level; write error or warning/,
    ],
    [
      'too many requests',
      [URL_GIVEN, '--max-requests', '151'],
      /^--max-requests: "151" is no number from 1 to 150/,
    ],
    ['no address', [URL_GIVEN, '--resolve', 'x'], /^--resolve: "x" is no IP address/],
    [
      'no method',
      [URL_GIVEN, '--methods', 'CONNECT'],
      /^--methods: "CONNECT" is no method that can be tried/,
    ],
    [
      'no header',
      [URL_GIVEN, '--secret-header', 'a b'],
      /^--secret-header: "a b" is no name of a header/,
    ],
    [
      'no certificate',
      [URL_GIVEN, '--ca', 'hosts'],
      /^--ca: "hosts" holds no certificate; write a file with -----BEGIN CERTIFICATE----- in it/,
    ],
    [
      'a cookie in the place of its file, and does not quote it',
      [URL_GIVEN, '--cookie-file', COOKIE],
      /^--cookie-file: what it names cannot be read; name a file with the value in it/,
    ],
    [
      'a token in the place of its file, and does not quote it',
      [URL_GIVEN, '--token-file', TOKEN],
      /^--token-file: what it names cannot be read; name a file with the value in it/,
    ],
    [
      'a file of a token without one',
      [URL_GIVEN, '--token-file', 'empty'],
      /^--token-file: its value is no token of 128 bits/,
    ],
    ['an empty address', [URL_GIVEN, '--resolve', ''], /^--resolve: "" is no IP address/],
    ['an empty address', [URL_GIVEN, '--from-address', ''], /^--from-address: "" is no IP address/],
    ['an empty header', [URL_GIVEN, '--secret-header', ''], /^--secret-header: "" is no name/],
    ['no such file', [URL_GIVEN, '--config', 'gone'], /^gone cannot be read/],
    [
      'a short token',
      [URL_GIVEN],
      /^token: its value is no token of 128 bits; write what "openssl/,
      { TRUSTED_HEADER_PROBE: '0123456789abcdef0123456789' },
    ],
    [
      'a host without an address',
      ['http://app.invalid'],
      /^url: http:\/\/app\.invalid cannot be reached \(E/,
    ],
  ])('refuses %s', async (_, args, says, env = {}) => {
    const files = { hosts: '127.0.0.1 localhost', empty: '' };
    const { code, out, err } = await runCli(['probe', ...args], { env, files });
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(says);
  });

  it.each([
    ['nothing', ''],
    ['two lines', 'a=bbbbbbbbbb\nc=dddddddddd'],
    ['a control character', 'a=bbbb\u0001bbbbbb'],
    ['no cookie', 'bbbbbbbbbbbbbb'],
    ['a cookie of another host', 'other.example\tFALSE\t/\tFALSE\t0\ta\tbbbbbbbbbb'],
    ['one that has expired', 'app.example.com\tFALSE\t/\tFALSE\t1\ta\tbbbbbbbbbb'],
  ])('refuses a cookie file with %s, and does not quote it', async (_, text) => {
    const args = ['probe', URL_GIVEN, '--cookie-file', 'c'];
    const { code, err } = await runCli(args, { env: ENV, files: { c: text } });
    expect(code).toBe(2);
    expect(err).toMatch(/^--cookie-file: "c" .*; write the value of the Cookie header in one line/);
    expect(err).not.toMatch(/bbbb|dddd/);
  });
});
