import { describe, expect, it } from '@jest/globals';
import { KNOWN_PROFILES } from '@trusted-header/core/profiles';
import { PROXIES, type ProxyName, type ProxySettings, proxyConfig } from '../src/index.js';
import { runCli } from './fake-io.js';

const SETTINGS: ProxySettings = {
  app: 'http://app:3000',
  auth: 'http://authelia:9091',
  domain: 'app.example.com',
  portal: 'https://auth.example.com',
};
const NAMES = Object.keys(PROXIES).filter((name): name is ProxyName =>
  Object.hasOwn(PROXIES, name),
);
const CONFIGURATIONS = NAMES.filter((name) => name !== 'haproxy-lua');
const textOf = (proxy: ProxyName, change: Partial<ProxySettings> = {}): string =>
  proxyConfig(proxy, { ...SETTINGS, ...change }).text;
const messageOf = (proxy: string, change: Record<string, unknown> = {}): string => {
  try {
    // What a program without types may call it with.
    Reflect.apply(proxyConfig, undefined, [proxy, { ...SETTINGS, ...change }]);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return '';
};

describe('what every configuration says of Authelia', () => {
  it.each(CONFIGURATIONS)('%s: which buffers it needs', (proxy) => {
    expect(textOf(proxy)).toContain('server: { buffers: { read: 16384, write: 16384 } }');
  });
});

describe('what every configuration does with what a client says about itself', () => {
  const proxies = CONFIGURATIONS.filter((name) => name !== 'ingress-nginx');
  it.each(proxies)('%s deletes it', (proxy) => {
    const text = textOf(proxy);
    for (const header of ['Forwarded', 'X-Original-URL', 'X-Original-Method', 'X-Rewrite-URL']) {
      expect([header, DELETES(header).test(text)]).toEqual([header, true]);
    }
  });

  it('a name with underscores is deleted with hyphens too, and no name twice', () => {
    const text = textOf('apache');
    for (const name of ['SM_USER', 'SM-USER', 'SM.USER', 'OIDC-CLAIM-sub', 'Remote_User']) {
      expect(text).toContain(`RequestHeader unset ${name} early`);
    }
    const own = textOf('apache', { profile: 'mod-auth-openidc' });
    for (const name of ['OIDC_CLAIM_groups', 'OIDC-CLAIM-groups', 'OIDC_CLAIM-groups']) {
      expect(own).toContain(`RequestHeader unset ${name} early`);
    }
    // REMOTE_USER is Shibboleth's, and a spelling of Authelia's.
    expect(text.match(/unset remote.user early/gi)).toHaveLength(3);
    expect(textOf('haproxy').match(/\^remote\[-_\.\]user\$/g)).toHaveLength(1);
  });

  it.each(proxies)('%s deletes the user of every other product', (proxy) => {
    const text = textOf(proxy).toLowerCase();
    for (const { user } of Object.values(KNOWN_PROFILES)) {
      const name = user.header.toLowerCase();
      const pattern = name.replace(/[-_]/g, '[-_.]');
      expect([name, text.includes(name) || text.includes(pattern)]).toEqual([name, true]);
    }
  });
});

/** A line of any of the formats that takes a header away. */
const DELETES = (header: string): RegExp =>
  new RegExp(
    `(proxy_set_header ${header} "";|request_header -${header}$|"${header}": ""|\\.${header}=|del-header ${header}$|unset ${header} early|- (remove: )?"${header}")`,
    'im',
  );

describe('that it listens on IPv4 alone', () => {
  it.each(['nginx', 'haproxy'] as const)(
    'is said for %s where --listen has no address',
    (proxy) => {
      const warningsOf = (listen: string): string =>
        proxyConfig(proxy, { ...SETTINGS, listen }).warnings.join();
      expect(warningsOf('8080')).toContain('IPv4 alone');
      expect(warningsOf('127.0.0.1:8080')).not.toContain('IPv4 alone');
    },
  );
});

describe('the room for an answer', () => {
  it.each(['nginx', 'nginx-proxy-manager', 'swag'] as const)('%s has 32 KB', (proxy) => {
    expect(textOf(proxy)).toMatch(/internal;[^}]*proxy_buffer_size 32k;/);
  });

  it('ingress-nginx has 32 KB', () => {
    expect(textOf('ingress-nginx')).toContain('ingress.kubernetes.io/proxy-buffer-size: "32k"');
  });
});

describe('--hide-session', () => {
  it.each(['traefik-file', 'traefik-labels', 'envoy', 'istio', 'gateway-api'] as const)(
    '%s says that it cannot',
    (proxy) => {
      const { warnings } = proxyConfig(proxy, SETTINGS);
      expect(warnings).toContainEqual(
        expect.stringMatching(/^Authelia’s session cookie, and passwords .* reach the application/),
      );
    },
  );

  it.each(['nginx', 'caddy', 'haproxy'] as const)('%s does it unless told otherwise', (proxy) => {
    expect(textOf(proxy)).toContain('authelia_session');
    expect(textOf(proxy, { hideSession: false })).not.toContain('authelia_session');
    expect(textOf(proxy, { sessionCookie: 'sso' })).toMatch(/\((\?:)?sso\)=/);
  });

  it.each(['a;b', 'a b', '', 'a*', '(x)'])('refuses %j as the name of a cookie', (name) => {
    expect(messageOf('nginx', { sessionCookie: name })).toMatch(/^--session-cookie: /);
  });

  it('is an option of the command', async () => {
    const args = ['proxy-config', 'caddy', '--app', 'http://a', '--auth', 'http://b'];
    const off = await runCli([...args, '--domain', 'app.example.com', '--no-hide-session']);
    const on = await runCli([...args, '--domain', 'app.example.com']);
    expect([off.out.includes('authelia_session'), on.out.includes('authelia_session')]).toEqual([
      false,
      true,
    ]);
  });
});

describe('--profile', () => {
  const ids = Object.values(KNOWN_PROFILES).map(({ id }) => id);
  const withoutHop = [
    'tailscale',
    'linkerd',
    'kubernetes',
    'aws-alb',
    'cloudflare-access',
    'google-iap',
    'yunohost',
  ];

  it.each(ids.filter((id) => !withoutHop.includes(id)))('takes %s', (profile) => {
    expect(messageOf('nginx', { profile })).toBe('');
    expect(messageOf('caddy', { profile })).toBe('');
    expect(messageOf('haproxy', { profile })).toBe('');
    expect(messageOf('traefik-file', { profile })).toBe('');
  });

  it.each(withoutHop)('says why nothing can stand in front of %s', (profile) => {
    expect(messageOf('nginx', { profile })).toMatch(
      new RegExp(`^--profile: "${profile}" needs no configuration from here; ${profile} .{30}`),
    );
  });

  it('asks nobody where the product is the proxy', () => {
    const { text } = proxyConfig('nginx', { ...SETTINGS, profile: 'pomerium' });
    expect(text).not.toContain('auth_request');
    expect(text).toContain('proxy_pass http://authelia:9091;');
    expect(text).toContain('TRUSTED_PROXIES=<the address of Pomerium, as the application sees it>');
    expect(messageOf('istio', { profile: 'pomerium' })).toMatch(/^--profile: .* proxy itself/);
  });

  it('wants the address of Vouch, which does not tell it', () => {
    expect(messageOf('nginx', { profile: 'vouch', portal: undefined })).toMatch(
      /^--profile: "vouch" needs --portal/,
    );
  });

  it('tells oauth2-proxy’s operator whom it must believe', () => {
    const { text } = proxyConfig('nginx', { ...SETTINGS, profile: 'oauth2-proxy' });
    expect(text).toContain('--trusted-proxy-ip=');
    expect(text).toContain('proxy_set_header X-Auth-Request-Redirect $request_uri;');
  });
});

describe('names and addresses', () => {
  it.each([
    ['App.Example.com', 'app.example.com'],
    ['müller.example', 'xn--mller-kva.example'],
    ['*.example.com', '*.example.com'],
    ['*.Müller.example', '*.xn--mller-kva.example'],
  ])('reads the domain %s as %s', (domain, expected) => {
    expect(textOf('nginx', { domain })).toContain(`server_name ${expected};`);
  });

  it.each(['*', '*.', 'a.*.example.com', '**.example.com', 'a..b', 'a%2eb', 'a\u3002b;', '*.*.a'])(
    'refuses the domain %j',
    (domain) => {
      expect(messageOf('nginx', { domain })).toMatch(/^--domain: .* is not a host name/);
    },
  );

  it.each<[proxy: ProxyName, rule: string]>([
    ['traefik-file', 'HostRegexp(`^[a-z0-9_-]+[.]example[.]com$`)'],
    ['haproxy', '-m reg -i ^[a-z0-9_-]+[.]example[.]com$'],
    ['apache', 'ServerAlias *.example.com'],
    ['envoy', 'domains: ["*.example.com"]'],
    ['caddy', '\n*.example.com {'],
    ['ingress-nginx', '- host: "*.example.com"'],
  ])('writes a wildcard for %s', (proxy, rule) => {
    expect(textOf(proxy, { domain: '*.example.com' })).toContain(rule);
  });

  it('asks Authelia below its path', () => {
    const auth = 'http://authelia:9091/authelia/';
    expect(textOf('nginx', { auth })).toContain('9091/authelia/api/authz/auth-request');
    expect(textOf('caddy', { auth })).toContain('rewrite /authelia/api/authz/forward-auth');
    expect(textOf('traefik-labels', { auth })).toContain('9091/authelia/api/authz/forward-auth');
    expect(textOf('envoy', { auth })).toContain('path_prefix: "/authelia/api/authz/ext-authz/"');
    expect(messageOf('nginx', { auth, profile: 'oauth2-proxy' })).toMatch(/^--auth: .* has a path/);
  });

  it.each(['traefik-file', 'traefik-labels', 'istio', 'gateway-api', 'ingress-nginx'] as const)(
    '%s says that it reaches no Unix socket',
    (proxy) => {
      expect(messageOf(proxy, { app: 'unix:/run/app.sock' })).toMatch(
        /^--app: "unix:.*" is a Unix socket, which/,
      );
    },
  );

  it.each(['unix:app.sock', 'unix:/a/../b', 'unix:/a;b', 'unix:/', 'unix:'])(
    'refuses the socket %s',
    (app) => {
      expect(messageOf('nginx', { app })).toMatch(/^--app: /);
    },
  );

  it.each<[name: string, message: RegExp]>([
    ['traefik', /write traefik-labels where .*, or traefik-file for a file/],
    ['npm', /write nginx-proxy-manager$/],
    ['__proto__', /write one of nginx, caddy/],
  ])('says what to write instead of %s', async (name, message) => {
    expect(messageOf(name)).toMatch(message);
    const { err, code } = await runCli(['proxy-config', name]);
    expect([code, message.test(err.trim())]).toEqual([2, true]);
  });
});

describe('where it listens', () => {
  it.each(['nginx', 'swag', 'haproxy'] as const)(
    '%s: on IPv6 only where that is asked for',
    (proxy) => {
      const code = textOf(proxy).replace(/^#.*$/gm, '');
      expect(code).not.toMatch(/\[::\]|:::/);
      expect(textOf(proxy, { listen: '[::]:8443' })).toMatch(
        /listen \[::\]:8443|bind :::8443 v4v6/,
      );
    },
  );

  it('Caddy opens no port beside the one that was named', () => {
    const tls = { cert: '/a.pem', key: '/a.key' };
    const text = textOf('caddy', { tls, listen: '127.0.0.1:8443' });
    expect(text).toContain('auto_https disable_redirects');
  });
});

describe('Traefik', () => {
  it('is asked with what the endpoint reads, and takes no endless answer', () => {
    const text = textOf('traefik-file');
    expect(text).toContain('authRequestHeaders: ["Cookie", "Authorization", "Accept"');
    expect(text).toContain('maxResponseBodySize: 1048576');
    expect(textOf('traefik-file', { proxyVersion: '3.3.0' })).not.toContain(
      '  maxResponseBodySize',
    );
    expect(text).toContain('--entrypoints.websecure.http.aliasHeadersStrategy=delete');
    expect(text).toContain('must end in .yml, .yaml or .toml');
    expect(text).not.toContain('not run');
  });
});

describe('HAProxy', () => {
  it('asks with a list, and no longer tells anybody to take the other script', () => {
    expect(textOf('haproxy')).toMatch(
      / HEAD cookie,authorization,accept,x-requested-with,user-agent,/,
    );
    expect(textOf('haproxy')).not.toMatch(/Take auth-request\.lua/);
  });
});
