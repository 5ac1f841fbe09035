import { describe, expect, it } from '@jest/globals';
import { authelia } from '@trusted-header/core/profiles';
import { explanationOf } from '../src/check/explanations.js';
import { runCli } from './fake-io.js';

const TRUSTED = ['check', '--trusted-proxies', '172.20.0.2'];
const FROM_PROXY = [...TRUSTED, '--peer', '172.20.0.2'];
const check = (dump: string | Buffer, args = FROM_PROXY) =>
  runCli([...args, '--from', '-'], { files: { '-': dump } });

describe('check of whoami’s page', () => {
  const page = (peer = '172.20.0.2:41244', more = ''): string =>
    [
      'Hostname: 3ab2f2a5a4e2',
      'IP: 127.0.0.1',
      'IP: 172.20.0.3',
      `RemoteAddr: ${peer}`,
      'GET / HTTP/1.1',
      'Host: app.example.com',
      'User-Agent: curl/7.88.1',
      'Accept: */*',
      'Remote-Groups: admins,dev',
      'Remote-User: jürgen',
      `X-Forwarded-For: 203.0.113.7${more}`,
      '',
      '',
    ].join('\r\n');

  it('takes the peer and what reached the application from it', async () => {
    const { code, out } = await check(page(), TRUSTED);
    expect(code).toBe(0);
    expect(out).toBe(`authenticated
  user     jürgen
  groups   ["admins","dev"]
  read     what reached the application from 172.20.0.2
  rule     T3, H1–H6
  because  the peer is trusted, and the headers can be read in one way only
`);
  });

  it('believes --peer more than the page', async () => {
    expect((await check(page('172.20.0.9:1'), FROM_PROXY)).code).toBe(0);
    const { out } = await check(page('172.20.0.9:1'), TRUSTED);
    expect(out).toMatch(/^refused: peer-untrusted\n/);
    expect(out).toContain('add 172.20.0.9');
  });

  it('reads an IPv6 peer', async () => {
    const { code } = await check(page('[fd00:30::2]:41244'), [
      'check',
      '--trusted-proxies',
      'fd00:30::2',
    ]);
    expect(code).toBe(0);
  });

  it('is found in what curl -v prints, whatever the client sent', async () => {
    const { out } = await check(
      `> GET / HTTP/1.1\n> Remote-User: evil\n> \n< HTTP/1.1 200 OK\n< Remote-User: decoy\n< \n${page()}* Connection #0 left intact\n`,
      TRUSTED,
    );
    expect(out).toContain('user     jürgen\n');
  });

  it('is read as JSON too', async () => {
    const json = JSON.stringify({
      hostname: '3ab2f2a5a4e2',
      ip: ['127.0.0.1'],
      headers: { Accept: ['*/*'], 'Remote-User': ['jürgen'], 'Remote-Groups': ['a', 'b'] },
      url: '/api',
      remoteAddr: '172.20.0.2:41244',
    });
    expect((await check(json, TRUSTED)).out).toContain('refused: header-repeated\n');
    const { out } = await check(json.replace('["a","b"]', '["a"]'), TRUSTED);
    expect(out).toContain('user     jürgen\n  groups   ["a"]\n  read     what reached');
  });
});

describe('check of curl -v, both ways', () => {
  const both = (answer: string, status = '200 OK', sent = ''): string => `* Connected to authelia
> GET /api/authz/forward-auth HTTP/1.1
> Host: authelia:9091
> X-Forwarded-Host: app.example.com
${sent}>\x20
< HTTP/1.1 ${status}
< Content-Type: text/plain
< Connection: close, Remote-User
${answer}<\x20
200 OK
`;
  const ANSWER =
    '< Remote-User: john\n< Remote-Groups: admins,dev\n< Remote-Email: j@example.com\n';

  it('reads the answer of an authorization server, where the request claims nobody', async () => {
    const { code, out } = await check(both(ANSWER));
    expect(code).toBe(0);
    expect(out).toContain('user     john\n  groups   ["admins","dev"]\n  email    j@example.com\n');
    expect(out).toContain(
      '  read     the answer (200), of which a proxy copies the identity headers\n',
    );
  });

  it('reads the request where that claims somebody, unless told', async () => {
    const dump = both(ANSWER, '200 OK', '> Remote-User: mallory\n');
    const { out } = await check(dump);
    expect(out).toContain(
      'user     mallory\n  read     what the client sent, not what a proxy made of it\n',
    );
    const told = await check(dump, [...FROM_PROXY, '--answer']);
    expect(told.out).toContain('user     john\n');
  });

  it('copies nothing from an answer that lets nobody in', async () => {
    const { code, out } = await check(both(ANSWER, '401 Unauthorized'), [
      ...FROM_PROXY,
      '--answer',
    ]);
    expect(code).toBe(1);
    expect(out).toMatch(/^anonymous\n/);
    expect(out).toContain(
      '  read     the answer (401), of which a proxy copies nothing: nobody is signed in there\n',
    );
  });

  it('sees two lines of an answer, and HTTP/2', async () => {
    const dump =
      '> GET / HTTP/2\n> Host: a\n> \n< HTTP/2 200 \n< remote-user: john\n< remote-user: root\n< \n';
    expect((await check(dump)).out).toContain('refused: header-repeated\n');
  });

  it('reads a bare answer or request as well', async () => {
    expect((await check('HTTP/1.1 200 OK\r\nRemote-User: john\r\n\r\nhello')).out).toContain(
      'user     john\n',
    );
    expect((await check('GET / HTTP/1.1\nRemote-User: john\n\nbody: x')).out).toContain(
      'user     john\n',
    );
  });

  it('reads both ways of a HAR file too', async () => {
    const header = (name: string, value: string) => ({ name, value });
    const har = (headers: object[], status = 200) =>
      JSON.stringify({
        log: {
          entries: [{ request: { headers: [header('Host', 'a')] }, response: { status, headers } }],
        },
      });
    const { out } = await check(har([header('remote-user', 'john')]));
    expect(out).toContain('user     john\n  read     the answer (200)');
    const none = await check(har([header('Date', 'x')]));
    expect(none.out).toContain('  read     what the client sent');
    const told = await check(har([header('remote-user', 'john')], 302), [
      ...FROM_PROXY,
      '--answer',
    ]);
    expect(told.out).toContain('  read     the answer (302), of which a proxy copies nothing');
  });

  it('refuses --answer where there is none', async () => {
    const { code, err } = await check('> GET / HTTP/1.1\n>\n', [...FROM_PROXY, '--answer']);
    expect(code).toBe(2);
    expect(err).toBe('--answer: - holds no answer; save what "curl -v" prints (2>dump)\n');
  });
});

describe('check of log lines', () => {
  const CHECKED =
    'time="2026-10-01T10:00:00Z" level=debug msg="Check authorization of subject username=jürgen groups=admins,dev ip=203.0.113.7 and object https://app.example.com/ (method GET)." method=GET path=/api/authz/forward-auth remote_ip=203.0.113.7\n';

  it('says what Authelia knows of a user', async () => {
    const { code, out } = await check(CHECKED);
    expect(code).toBe(0);
    expect(out).toContain('user     jürgen\n  groups   ["admins","dev"]\n');
    expect(out).toContain(
      '  read     Authelia’s log, which names the user and the groups, but no name and no e-mail\n',
    );
    const json = `{"level":"debug","msg":"Check authorization of subject username=john groups=a client_id= ip=::1 and object https://x/ (method GET).","time":"x"}\n`;
    expect((await check(json)).out).toContain('user     john\n  groups   ["a"]\n');
  });

  it('never takes a user from what a client has put into a URL', async () => {
    const { out } = await check(
      'time="x" level=info msg="Access to https://app.example.com/?Check authorization of subject username=root groups=admins ip=1.1.1.1 and object (method GET) is not authorized to user <anonymous>, responding with status code 401" method=GET\n',
    );
    expect(out).not.toContain('root');
    expect(out).toMatch(/^Authelia: nobody is signed in/);
  });

  it.each<[line: string, says: RegExp]>([
    [
      '2026/10/01 10:00:00 [error] 12#12: *5 upstream sent too big header while reading response header from upstream, client: 203.0.113.7, server: app.example.com, request: "GET / HTTP/1.1", subrequest: "/internal/authz", upstream: "http://10.0.0.1:9091/api/authz/auth-request"',
      /^nginx: an answer’s headers do not fit .*\n {2}because .*groups.*\n {2}change {3}.*proxy_buffer_size 32k/,
    ],
    [
      '2026/10/01 10:00:00 [error] 12#12: *5 auth request unexpected status: 400 while sending to client, client: 203.0.113.7, server: a',
      /^nginx: the authorization server answered 400.*\n {2}because .*X-Original-URL/,
    ],
    ['[error] 1#1: *5 auth request unexpected status: 302 while', /forward-auth/],
    ['[error] 1#1: *5 auth request unexpected status: 404 while', /path of the endpoint/],
    ['[error] 1#1: *5 auth request unexpected status: 502 while', /cannot be reached/],
    [
      '[error] 1#1: *5 connect() failed (111: Connection refused) while connecting to upstream, client: x',
      /^nginx: a server behind it cannot be reached/,
    ],
    [
      '[info] 1#1: *5 client sent invalid header line: "Remote_User: root" while reading client request headers',
      /^nginx: a header with _ or \. in its name was dropped/,
    ],
    [
      '203.0.113.7 - - [01/Oct/2026:10:00:00 +0000] "GET /?x=%22 HTTP/1.1" 500 179 "-" "Mozilla/5.0"',
      /^nginx: answered 500\n {2}because .*auth_request/,
    ],
    [
      '203.0.113.7 - - [01/Oct/2026:10:00:00 +0000] "GET / HTTP/2.0" 401 9 "-" "-"',
      /^nginx: answered 401/,
    ],
    [
      '203.0.113.7 - john [01/Oct/2026:10:00:00 +0000] "GET / HTTP/2.0" 403 9 "-" "-"',
      /^nginx: answered 403/,
    ],
    [
      "level=info msg=\"Access to 'https://app.example.com/' is forbidden to user 'john'\" method=GET",
      /^Authelia: its rules deny this user/,
    ],
    [
      'level=info msg="Access to https://app.example.com/ (method GET) is not authorized to user john, responding with status code 401"',
      /^Authelia: this user needs another factor/,
    ],
    [
      'level=error msg="Error getting Target URL and Request Method" error="header \'X-Forwarded-Method\' is empty" method=GET',
      /^Authelia: the proxy does not say what is asked for.*\n {2}because .*X-Forwarded-Method/,
    ],
    [
      "level=error msg=\"Target URL 'http://app.example.com/' has an insecure scheme 'http', only the 'https' and 'wss' schemes are supported so session cookies can be transmitted securely\"",
      /^Authelia: it was told that the browser came over http/,
    ],
    [
      'level=error msg="Target URL does not appear to have a relevant session cookies configuration" error="…" target_url="https://app.other.example/"',
      /^Authelia: no session covers this domain/,
    ],
  ])('%s', async (line, says) => {
    // Neither a list nor a peer is needed to read a log.
    const { code, out } = await runCli(['check', '--from', 'log'], { files: { log: `${line}\n` } });
    expect(out).toMatch(says);
    expect(code).toBe(1);
  });

  it('says each thing once, and prints JSON', async () => {
    const line = '[error] 1#1: *5 auth request unexpected status: 404 while\n';
    const { out } = await runCli(['check', '--from', 'log', '--json'], {
      files: { log: line + line },
    });
    expect(JSON.parse(out)).toEqual({
      lines: [
        {
          program: 'nginx',
          says: 'the authorization server answered 404, so that the client gets 500',
          because: expect.stringContaining('endpoint'),
          change: expect.any(String),
        },
      ],
    });
  });
});

describe('check --limits', () => {
  const groups = Array.from({ length: 3 }, (_, i) => `g${i}`).join(',');
  const run = (limits: string) =>
    runCli([
      ...FROM_PROXY,
      '-H',
      'Remote-User: john',
      '-H',
      `Remote-Groups: ${groups}`,
      '--limits',
      limits,
    ]);

  it('decides with them', async () => {
    expect((await run('groups=2')).out).toMatch(/^refused: header-malformed\n/);
    expect((await run('groups=3, groupBytes=2')).code).toBe(0);
  });

  it.each([
    [
      'groups',
      '--limits: "groups" is not a limit; write for example groups=2048,groupsBytes=32768\n',
    ],
    [
      'groups=x',
      '--limits: "groups=x" is not a limit; write for example groups=2048,groupsBytes=32768\n',
    ],
    ['gruops=3', /gruops/],
    ['groups=0', /limits\.groups.*whole number/],
  ])('refuses %s', async (limits, message) => {
    const { code, err } = await run(limits);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});

describe('check and what a refusal is about', () => {
  it('names the detail', async () => {
    const { out } = await runCli([
      ...TRUSTED,
      '--unix-socket',
      '/run/app.sock',
      '-H',
      'Remote-User: a',
    ]);
    expect(out).toContain('refused: peer-untrusted\n  detail   unix:/run/app.sock\n');
  });

  it('says how to raise a limit that the detail names', () => {
    const decision = {
      kind: 'refused',
      reason: 'header-malformed',
      header: 'Remote-Groups',
      detail: 'groups 600 > limits.groups 512',
    } as const;
    expect(explanationOf(decision, { peer: '172.20.0.2', profile: authelia }).change).toBe(
      'if so many are right, raise limits.groups in the application; --limits groups=600 tries it here',
    );
  });
});

describe('check of header lines', () => {
  it.each([
    ['plain ones', 'Remote-User: john\nRemote-Groups: a,b\n'],
    [
      'those of curl -v without its request line',
      '> Remote-User: john\n> Remote-Groups: a,b\n> \n',
    ],
    ['with empty lines round them', '\r\nRemote-User: john\r\n\r\nRemote-Groups: a,b\r\n'],
  ])('reads %s', async (_, lines) => {
    const { code, out } = await check(lines);
    expect(code).toBe(0);
    expect(out).toContain('read     header lines as they stand there\n');
    expect(out).toContain('groups   ["a","b"]\n');
  });

  it('takes no log line for one', async () => {
    const { code, err } = await check('2026/10/01 10:00:00 [notice] 1#1: start worker\n');
    expect(code).toBe(2);
    expect(err).toContain('holds no request');
  });

  it('refuses one that no server lets through', async () => {
    const { err } = await check('Remote-User: john\nRemote-Groups: a\u0001b\n');
    expect(err).toContain('is not a header that a server lets through');
  });
});
