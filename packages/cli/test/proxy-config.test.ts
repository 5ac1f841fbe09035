import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  type AuthProfile,
  PROXIES,
  type ProxyName,
  type ProxySettings,
  proxyConfig,
} from '../src/index.js';

const SETTINGS: ProxySettings = {
  app: 'http://app:3000',
  auth: 'http://authelia:9091',
  domain: 'app.example.com',
  portal: 'https://auth.example.com',
  bypass: ['/public'],
  proxyAddress: '172.20.0.2',
};
const NAMES = Object.keys(PROXIES).filter((name): name is ProxyName =>
  Object.hasOwn(PROXIES, name),
);
const CONFIGURATIONS = NAMES.filter((name) => name !== 'haproxy-lua');
const PROFILES = [
  'authelia',
  'authentik',
  'oauth2-proxy',
] as const satisfies readonly AuthProfile[];

/** What each profile calls the headers that carry the user, written out. */
const IDENTITY: Record<(typeof PROFILES)[number], readonly string[]> = {
  authelia: ['Remote-User', 'Remote-Groups', 'Remote-Name', 'Remote-Email'],
  authentik: [
    'X-authentik-username',
    'X-authentik-groups',
    'X-authentik-name',
    'X-authentik-email',
    'X-authentik-uid',
  ],
  'oauth2-proxy': [
    'X-Auth-Request-User',
    'X-Auth-Request-Groups',
    'X-Auth-Request-Email',
    'X-Auth-Request-Preferred-Username',
  ],
};

const inEveryCase = CONFIGURATIONS.flatMap((proxy) =>
  PROFILES.map((profile) => ({ proxy, profile })),
);

/** The golden files are what a reader gets. `UPDATE_GOLDEN=1` writes them; read the difference before you commit it. */
describe.each(NAMES)('the configuration for %s', (proxy) => {
  it('is the golden file', () => {
    const file = new URL(`golden/${proxy}.txt`, import.meta.url);
    const { text } = proxyConfig(proxy, SETTINGS);
    if (process.env['UPDATE_GOLDEN']) {
      mkdirSync(new URL('golden/', import.meta.url), { recursive: true });
      writeFileSync(file, text);
    }
    expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(text);
  });
});

describe.each(inEveryCase)('$proxy for $profile', ({ proxy, profile }) => {
  const { text, warnings } = proxyConfig(proxy, { ...SETTINGS, profile });
  const code = withoutComments(text);

  it('tells the setting of the application', () => {
    expect(text).toContain('TRUSTED_PROXIES=172.20.0.2');
  });

  it('says in comments what it warns of', () => {
    for (const warning of warnings) expect(text).toContain(warning);
  });

  it('fills in every blank', () => {
    expect(text).not.toMatch(/undefined|NaN|\[object|\$\{/);
  });

  it('has no tail of white space', () => {
    expect(text).not.toMatch(/[ \t]$/m);
  });

  it.each(IDENTITY[profile])('deletes %s before it asks', (header) => {
    const deleted = code.search(deletionOf(proxy, header));
    expect(deleted).toBeGreaterThan(-1);
    expect(code.slice(deleted)).toMatch(ASKS[proxy] ?? /never/);
  });

  it.each(IDENTITY[profile])('deletes the other spellings of %s', (header) => {
    for (const alias of [
      header.replaceAll('-', '_'),
      header.replaceAll('-', '.'),
      header.replace('-', '_'),
    ]) {
      const byRule = DROPS_UNDERSCORES[proxy];
      const isCovered =
        (alias.includes('_') && byRule?.underscore && code.includes(byRule.underscore)) ||
        (alias.includes('.') && byRule?.dot && text.includes(byRule.dot)) ||
        code.search(deletionOf(proxy, alias)) > -1;
      expect([alias, isCovered]).toEqual([alias, true]);
    }
  });
});

describe('what the settings change', () => {
  it('sends to no portal that nobody named', () => {
    const { portal: _, ...rest } = SETTINGS;
    expect(proxyConfig('caddy', rest).text).not.toContain('authelia_url=');
    expect(proxyConfig('caddy', SETTINGS).text).toContain(
      'rewrite /api/authz/forward-auth?authelia_url=https://auth.example.com/\n',
    );
  });

  it('leaves the address of the proxy to be found where nobody gave it', () => {
    const { proxyAddress: _, ...rest } = SETTINGS;
    expect(proxyConfig('nginx', rest).text).toContain(
      '#   TRUSTED_PROXIES=<the address of this proxy, as the application sees it>',
    );
  });

  it('warns of a whole network', () => {
    const { warnings, text } = proxyConfig('nginx', { ...SETTINGS, proxyAddress: '172.20.0.0/24' });
    expect(warnings[0]).toMatch(/^--proxy-address: 172\.20\.0\.0\/24 holds 256 addresses/);
    expect(text).toContain('# --proxy-address: 172.20.0.0/24 holds 256 addresses');
  });

  it('gives nginx only the server block where that is wanted', () => {
    const { text } = proxyConfig('nginx', { ...SETTINGS, snippet: true });
    expect(text).not.toMatch(/^(http|events) /m);
    expect(text).toMatch(/^server \{/m);
  });

  it('listens with TLS where there is a certificate', () => {
    const tls = { cert: '/etc/ssl/app.pem', key: '/etc/ssl/app.key' };
    expect(proxyConfig('nginx', { ...SETTINGS, tls }).text).toContain('listen 443 ssl http2;');
    expect(proxyConfig('nginx', { ...SETTINGS, tls, proxyVersion: '1.27.0' }).text).toContain(
      'http2 on;',
    );
    expect(proxyConfig('haproxy', { ...SETTINGS, tls }).text).toContain(
      'bind :443 ssl crt /etc/ssl/app.pem',
    );
    expect(proxyConfig('caddy', { ...SETTINGS, tls }).text).toContain(
      '\ttls /etc/ssl/app.pem /etc/ssl/app.key',
    );
    expect(proxyConfig('apache', { ...SETTINGS, tls }).text).toContain('SSLEngine on');
    expect(proxyConfig('envoy', { ...SETTINGS, tls }).text).toContain(
      'private_key: { filename: /etc/ssl/app.key }',
    );
  });

  it('writes what Traefik 2 understands for Traefik 2', () => {
    expect(proxyConfig('traefik-file', { ...SETTINGS, proxyVersion: '2.11.9' }).text).toContain(
      'HeadersRegexp(',
    );
    expect(proxyConfig('traefik-file', SETTINGS).text).toContain('HeaderRegexp(');
  });
});

describe('what it refuses', () => {
  it.each<[why: string, change: Record<string, unknown>, message: RegExp]>([
    [
      'a line break',
      { app: 'http://app:3000\nlisten 1' },
      /^--app: "http:\/\/app:3000\\nlisten 1" /,
    ],
    [
      'a path',
      { app: 'http://app:3000/x' },
      /^--app: .* is not an address like http:\/\/host:port/,
    ],
    ['a password', { auth: 'http://a:b@authelia' }, /^--auth: /],
    ['a query', { auth: 'http://authelia/?a' }, /^--auth: /],
    ['a host name with a brace', { app: 'http://a{b}' }, /^--app: /],
    ['a host name with a dollar', { app: 'http://a$b' }, /^--app: /],
    ['a scheme of its own', { app: 'ftp://app' }, /^--app: /],
    ['a domain with a semicolon', { domain: 'a.b;return' }, /^--domain: .* is not a host name/],
    ['a domain with a port', { domain: 'app.example.com:8080' }, /^--domain: /],
    ['a domain with a back-tick, which ends a rule of Traefik', { domain: 'a`b' }, /^--domain: /],
    [
      'a prefix with a space',
      { bypass: ['/a b'] },
      /^--bypass: "\/a b" is not a plain path prefix/,
    ],
    ['the prefix of everything', { bypass: ['/'] }, /^--bypass: /],
    ['a prefix that climbs', { bypass: ['/a/../b'] }, /^--bypass: /],
    ['an encoded prefix', { bypass: ['/%2e'] }, /^--bypass: /],
    ['a portal with a query', { portal: 'https://a.b/?x' }, /^--portal: /],
    ['a portal with an empty query', { portal: 'https://a.b?' }, /^--portal: /],
    ['a portal with an empty fragment', { portal: 'https://a.b/#' }, /^--portal: /],
    ['a line break that URL parsers drop', { app: 'http://a\npp:3000' }, /^--app: "http:..a.npp/],
    ['a portal with a quote', { portal: 'https://a.b/"' }, /^--portal: /],
    ['an address that is none', { proxyAddress: '172.20.0.2; evil' }, /^--proxy-address: /],
    ['everybody as the proxy', { proxyAddress: '0.0.0.0/0' }, /^--proxy-address: /],
    ['a file with a space', { tls: { cert: '/a b', key: '/k' } }, /^--tls-cert: /],
    ['a file that climbs', { tls: { cert: '/a', key: '/../k' } }, /^--tls-key: /],
    ['files that nobody has set', { tls: '' }, /^tls: "" names no files; write \{ cert/],
    ['files that are null', { tls: null }, /^tls: "null" names no files; /],
    ['files that are false', { tls: false }, /^tls: "false" names no files; /],
    ['a session that is hidden by nothing', { hideSession: '' }, /^--hide-session: ""/],
    ['a session that is null', { hideSession: null }, /^--hide-session: "null" is nei/],
    ['a relative folder', { stateDir: 'run' }, /^--state-dir: /],
    ['a script with a newline', { luaPath: '/a\nb' }, /^--lua-path: /],
    ['port 0', { listen: '0' }, /^--listen: /],
    ['a port out of range', { listen: '127.0.0.1:70000' }, /^--listen: /],
    ['a listener by name', { listen: 'localhost:80' }, /^--listen: /],
    ['a version with text', { proxyVersion: '2.x' }, /^--proxy-version: /],
    [
      'a profile that it does not know',
      { profile: '__proto__' },
      /^--profile: "__proto__" is not known/,
    ],
    ['a scheme that it does not know', { scheme: 'https;' }, /^--scheme: /],
  ])('%s', (_, change, message) => {
    expect(() => proxyConfig('nginx', { ...SETTINGS, ...change })).toThrow(
      expect.objectContaining({ name: 'CliError', message: expect.stringMatching(message) }),
    );
  });

  it.each<[proxy: ProxyName, bad: string, good: string, why: RegExp]>([
    ['traefik-file', '2.11.8', '2.11.9', /CVE-2024-45410/],
    ['traefik-labels', '3.1.2', '3.1.3', /CVE-2024-45410/],
    ['haproxy', '2.3.9', '2.4', /del-header -m/],
    ['caddy', '2.5.9', '2.9.0', /X-Forwarded-For/],
    ['apache', '2.4.53', '2.4.54', /CVE-2022-31813/],
    ['envoy', '1.26', '1.27', /header_mutation/],
    ['nginx', '1.17.10', '1.18.0', /older/],
  ])('%s %s, but not %s', (proxy, bad, good, why) => {
    expect(() => proxyConfig(proxy, { ...SETTINGS, proxyVersion: bad })).toThrow(why);
    expect(proxyConfig(proxy, { ...SETTINGS, proxyVersion: good }).text).not.toBe('');
  });
});

// nginx, HAProxy and Apache were asked, with a certificate that names the address: 502, 503 and 500.
describe('TLS to an address', () => {
  const notesOf = (proxy: ProxyName, app: string): readonly string[] =>
    proxyConfig(proxy, { ...SETTINGS, app }).warnings.filter((one) => /certificates/.test(one));

  it.each<[proxy: ProxyName]>([
    ['nginx'],
    ['nginx-proxy-manager'],
    ['swag'],
    ['haproxy'],
    ['apache'],
    ['envoy'],
  ])('is noted for %s, which compares certificates with names', (proxy) => {
    const [note = ''] = notesOf(proxy, 'https://[fd00::7]');
    expect(note).toMatch(
      /^--app is an address \(fd00::7\), and .* names only: .* IP:fd00::7 in it/,
    );
    expect(proxyConfig(proxy, { ...SETTINGS, app: 'https://[fd00::7]' }).text).toContain(note);
    expect(notesOf(proxy, 'https://app')).toEqual([]);
    expect(notesOf(proxy, 'http://10.0.0.7')).toEqual([]);
  });

  it.each<[proxy: ProxyName]>([['caddy'], ['traefik-file'], ['haproxy-lua']])(
    'is as good as any for %s',
    (proxy) => {
      expect(notesOf(proxy, 'https://10.0.0.7')).toEqual([]);
    },
  );
});

/** How each proxy deletes a header of that name. */
function deletionOf(proxy: ProxyName, name: string): RegExp {
  const exact = name.replaceAll('.', '\\.');
  const lower = exact.toLowerCase();
  switch (proxy) {
    case 'nginx':
    case 'swag':
    case 'nginx-proxy-manager':
      return new RegExp(`^ *proxy_set_header ${exact} "";$`, 'm');
    case 'caddy':
      return new RegExp(`^\\s*request_header -${exact}$`, 'm');
    case 'traefik-file':
      return new RegExp(`^ *"${exact}": ""$`, 'm');
    case 'traefik-labels':
      return new RegExp(`^ *- "\\S+-strip\\.headers\\.customrequestheaders\\.${exact}="$`, 'm');
    case 'haproxy':
      return new RegExp(
        `^ *http-request del-header \\^${lower.replace(/[-_]|\\\./g, '\\[-_\\.\\]')}\\$ -m reg$`,
        'm',
      );
    case 'apache':
      return new RegExp(`^ *RequestHeader unset ${exact} early$`, 'm');
    case 'envoy':
    case 'istio':
      return new RegExp(`^ *- remove: "${lower}"$`, 'm');
    case 'gateway-api':
      return new RegExp(`^ *- "${lower}"$`, 'm');
    case 'ingress-nginx':
      return new RegExp(`auth-response-headers: (.*,)?${exact}(,|$)`, 'm');
    case 'haproxy-lua':
      return /never/;
  }
}

/** Where each proxy asks the authorization server: after its deletions. */
const ASKS: Partial<Record<ProxyName, RegExp>> = {
  nginx: /auth_request \//,
  swag: /auth_request \//,
  'nginx-proxy-manager': /auth_request \//,
  caddy: /reverse_proxy (@protected )?http:\/\/authelia/,
  'traefik-file': /forwardAuth:/,
  'traefik-labels': /forwardauth\.address/,
  haproxy: /lua\.auth-intercept/,
  apache: /ProxyPass/,
  envoy: /ext_authz/,
  istio: /action: CUSTOM/,
  'gateway-api': /extAuth:/,
  'ingress-nginx': /path: \//,
};

/** Rules that drop all names of a kind at once. */
const NGINX = { underscore: 'underscores_in_headers off;', dot: 'ignore_invalid_headers on;' };
const DROPS_UNDERSCORES: Partial<Record<ProxyName, { underscore?: string; dot?: string }>> = {
  nginx: NGINX,
  swag: NGINX,
  'nginx-proxy-manager': NGINX,
  envoy: { underscore: 'headers_with_underscores_action: DROP_HEADER' },
  istio: { underscore: 'headers_with_underscores_action: DROP_HEADER' },
  'gateway-api': { underscore: 'withUnderscoresAction: DropHeader' },
  // Labels cannot name a header with a dot, and say so.
  'traefik-labels': { dot: 'a label cannot name a header with a dot' },
  // The controller's own settings, in its ConfigMap.
  'ingress-nginx': { underscore: 'auth-response-headers', dot: 'ignore-invalid-headers: "true"' },
};

function withoutComments(text: string): string {
  return text.replace(/^\s*#.*\n/gm, '');
}
