import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PROXIES, type ProxyName, type ProxySettings, proxyConfig } from '../src/index.js';

const NAMES = Object.keys(PROXIES).filter((name): name is ProxyName =>
  Object.hasOwn(PROXIES, name),
);

/** Every option that is free text, with plain values for it. */
const PLAIN = {
  app: ['http://app:3000', 'http://10.0.0.7', 'http://[fd00::7]:3000', 'http://app.shop.svc:80'],
  auth: ['http://authelia:9091', 'http://a_b:80'],
  domain: ['app.example.com', 'a', '1-2.example'],
  portal: ['https://auth.example.com', 'https://auth.example.com:8443/sign-in'],
  bypass: ['/public', '/a/b.c~d/', '/-i'],
  proxyAddress: [
    '172.20.0.2',
    '172.20.0.0/24',
    'fd00::2',
    'unix:/run/app.sock',
    '10.0.0.1,10.0.0.2',
    ' 10.0.0.1 \n 10.0.0.2 ',
    '10.0.0.1\u00a010.0.0.2',
    'loopback',
  ],
  proxyVersion: ['3.2.1', 'v3.2'],
  listen: ['127.0.0.1:8080', '[::1]:8443'],
  cert: ['/etc/ssl/app.pem', '/c'],
  key: ['/etc/ssl/app.key', '/k'],
  stateDir: ['/var/lib/nginx', '/run/th'],
  luaPath: ['/usr/local/share/haproxy/auth-request.lua', '/x.lua'],
} as const;
type Option = keyof typeof PLAIN;
const OPTIONS = Object.keys(PLAIN).filter((name): name is Option => Object.hasOwn(PLAIN, name));

/** What would end a line, a quoted text, a comment, a directive or a label in one format or another. */
const HOSTILE = [
  ...['\n', '\r\n', '\r', '\u2028', '\u0085', '\u000b', '\0', '\t', ' ', '\u00a0', '\\', '\\n'],
  ...['"', "'", '`', '{', '}', '{{', '[', ']', '(', ')', ';', '#', ' #', '//', '/*', '--', '--[['],
  ...[
    '$',
    '$\u007bx}',
    '$host',
    '%',
    '%[src]',
    '%{x}',
    '|',
    '&',
    '*',
    '?',
    '=',
    ': ',
    '- ',
    '!',
    '@',
    '<',
  ],
  ...[
    '\nunix:/x"{};import_evil',
    ' unix:/a;b',
    ',unix:/a#b',
    '\u001b[2J',
    '\u202e',
    '\ufeff',
    '..',
  ],
];

const values = fc
  .constantFrom(...OPTIONS)
  .chain((option) => fc.tuple(fc.constant(option), fc.constantFrom(...PLAIN[option])))
  .chain(([option, plain]) =>
    fc.tuple(
      fc.constant(option),
      fc.constant(plain),
      fc.constantFrom(...HOSTILE),
      fc.nat(plain.length),
      fc.constantFrom('', 'x', '10.0.0.9', '/y'),
    ),
  )
  .map(([option, plain, hostile, at, behind]) => ({
    option,
    plain,
    value: plain.slice(0, at) + hostile + behind + plain.slice(at),
  }));

function settingsWith(option: Option, value: string): ProxySettings {
  const { cert, key, bypass, ...rest } = {
    app: 'http://app:3000',
    auth: 'http://authelia:9091',
    domain: 'app.example.com',
    portal: 'https://auth.example.com',
    bypass: '/public',
    proxyAddress: '172.20.0.2',
    listen: '127.0.0.1:8080',
    cert: '/c',
    key: '/k',
    [option]: value,
  };
  return { ...rest, bypass: [bypass], tls: { cert, key } };
}

/** What is left of a file without the letters, digits and signs that mean nothing anywhere: its quotes, braces, lines. */
function skeletonOf(text: string): string {
  return text.replace(/[A-Za-z0-9._:/@~,[\]-]+/g, 'x').replace(/\\?x(\\?x)*/g, 'x');
}

/** The skeleton without what is said about a list, which differs with the list; that part is comments only. */
function ownSkeletonOf({ text, warnings }: ReturnType<typeof proxyConfig>): string {
  const about = warnings.filter((warning) => warning.startsWith('--proxy-address: '));
  const head = about.length === 0 ? [] : [...about.map((warning) => `# ${warning}`), '#'];
  const lines = text.split('\n');
  if (lines[0] === head[0]) {
    expect(lines.slice(0, head.length)).toEqual(head);
    lines.splice(0, head.length);
  }
  const families = warnings.filter((warning) => warning.startsWith('--app is a name ('));
  const own = lines.filter((line) => !families.some((note) => line === `#   - ${note}`));
  // Kubernetes: only where the name of a service has a dot.
  return skeletonOf(
    own.join('\n').replace(/^# In the namespace of the application: [a-z0-9_-]+\n/m, ''),
  );
}

function attempt(proxy: ProxyName, option: Option, value: string) {
  try {
    return proxyConfig(proxy, settingsWith(option, value));
  } catch (error) {
    expect(error).toMatchObject({ name: 'CliError' });
    // Nor does the message carry the value as it is.
    expect(String(error)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202e\ufeff]/u);
    return undefined;
  }
}

describe.each(NAMES)('the configuration for %s', (proxy) => {
  it('takes plain values of every option', () => {
    for (const option of OPTIONS) {
      for (const value of PLAIN[option]) {
        expect([value, attempt(proxy, option, value)]).toEqual([value, expect.anything()]);
      }
    }
  });

  it('has the same lines, quotes and comments whatever the value of an option', () => {
    fc.assert(
      fc.property(values, ({ option, plain, value }) => {
        const made = attempt(proxy, option, value);
        const usual = attempt(proxy, option, plain);
        if (made && usual) expect(ownSkeletonOf(made)).toBe(ownSkeletonOf(usual));
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses a socket whose path would end a line, a comment or a quoted text', () => {
    const value = '10.0.0.1\nunix:/x"{};import_evil';
    expect(() => proxyConfig(proxy, settingsWith('proxyAddress', value))).toThrow(
      /^--proxy-address: "10\.0\.0\.1\\nunix:\/x\\"\{\};import_evil" has an entry with characters that/,
    );
  });

  it('names several proxies in one list with commas', () => {
    if (proxy === 'haproxy-lua') return;
    const { text } = proxyConfig(
      proxy,
      settingsWith('proxyAddress', ' 10.0.0.1,\n 10.0.0.2\tunix:/run/a.sock '),
    );
    expect(text).toContain('TRUSTED_PROXIES=10.0.0.1,10.0.0.2,unix:/run/a.sock\n');
  });
});
