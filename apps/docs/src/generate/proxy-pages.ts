import { PROXIES, type ProxyName, proxyConfig } from '@trusted-header/cli';
import type { Matrix } from './matrix.js';
import { block, code, escapeText, list, type Page, page, table } from './page.js';

/** What the pages show: the addresses of a usual Compose file. */
const SETTINGS = {
  app: 'http://app:3000',
  auth: 'http://authelia:9091',
  domain: 'app.example.com',
  portal: 'https://auth.example.com',
  proxyAddress: '172.20.0.2',
} as const;

const OPTIONS = [
  '--app http://app:3000',
  '--auth http://authelia:9091',
  '--domain app.example.com',
  '--portal https://auth.example.com',
  '--proxy-address 172.20.0.2',
];

/** Which authorization server sends the headers of a profile. Those that are not here have no configuration. */
const AUTH_OF_PROFILE = {
  authelia: 'authelia',
  authentik: 'authentik',
  'azure-easy-auth': 'azure-easy-auth',
  'caddy-security': 'caddy-security',
  gatekeeper: 'gatekeeper',
  'mod-auth-openidc': 'mod-auth-openidc',
  'oauth2-proxy-auth-request': 'oauth2-proxy',
  pomerium: 'pomerium',
  sandstorm: 'sandstorm',
  shibboleth: 'shibboleth',
  siteminder: 'siteminder',
  tinyauth: 'tinyauth',
  vouch: 'vouch',
} as const;

const LANGUAGES: Readonly<Record<ProxyName, string>> = {
  nginx: 'nginx',
  caddy: 'txt',
  'traefik-labels': 'yaml',
  'traefik-file': 'yaml',
  haproxy: 'txt',
  'haproxy-lua': 'lua',
  apache: 'apache',
  envoy: 'yaml',
  'nginx-proxy-manager': 'nginx',
  swag: 'nginx',
  'ingress-nginx': 'yaml',
  istio: 'yaml',
  'gateway-api': 'yaml',
};

/** Columns of the matrix that are about a proxy. */
const COLUMNS: Partial<Readonly<Record<ProxyName, readonly string[]>>> = {
  nginx: ['nginx'],
  caddy: ['caddy', 'caddy-current'],
  haproxy: ['haproxy'],
  'haproxy-lua': ['haproxy'],
  apache: ['apache'],
};

/** The command that writes the configuration for a profile, or nothing where there is none. */
export function proxyCommand(profile: string, proxy: ProxyName = 'nginx'): string | undefined {
  const auth = Object.entries(AUTH_OF_PROFILE).find(([id]) => id === profile)?.[1];
  if (auth === undefined) return undefined;
  const lines = [
    `npx @trusted-header/cli proxy-config ${proxy}`,
    ...(auth === 'authelia' ? [] : [`--profile ${auth}`]),
    ...OPTIONS.map((option) => option.replace('authelia:9091', `${auth}:9091`)),
  ];
  return lines.join(' \\\n  ');
}

/** A page for each proxy, one with all of them, and one with the whole matrix. */
export function proxyPages(matrix: Matrix, checked: Readonly<Record<string, string>>): Page[] {
  const names = Object.keys(PROXIES).filter(isProxy);
  return [index(names, checked), ...names.map((name) => proxyPage(name, matrix, checked))];
}

/** What the README of the command says about how each configuration is checked, by its name. */
export function checkedBy(readme: string): Readonly<Record<string, string>> {
  const rows = readme.split('\n').filter((line) => /^\| `[a-z]/.test(line));
  return Object.fromEntries(
    rows.flatMap((row) => {
      const [, names = '', how = ''] = row.split('|');
      return [...names.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => [name, how.trim()]);
    }),
  );
}

function isProxy(name: string): name is ProxyName {
  return Object.hasOwn(PROXIES, name);
}

function index(names: readonly ProxyName[], checked: Readonly<Record<string, string>>): Page {
  return page(
    'proxies/index.md',
    {
      title: 'Proxies',
      description: 'A configuration for each reverse proxy, in which no client can name a user.',
    },
    'A proxy has to delete the identity headers that a client sends, in every spelling, and then set its own. One command writes a configuration that does.',
    block('sh', 'npx @trusted-header/cli proxy-config --help'),
    table(
      ['proxy', 'what is written', 'how it is checked'],
      names.map((name) => [
        `[${name}](/proxies/${name})`,
        escapeText(PROXIES[name]),
        checked[name] ?? '',
      ]),
    ),
    '[What each proxy let through](/proxies/matrix) is what came of over a hundred attacks on these configurations.',
  );
}

function proxyPage(
  name: ProxyName,
  matrix: Matrix,
  checked: Readonly<Record<string, string>>,
): Page {
  const { text, warnings } = proxyConfig(name, SETTINGS);
  return page(
    `proxies/${name}.md`,
    {
      title: name,
      description: `${PROXIES[name]}: a configuration in which no client can name a user, and what came of attacks on it.`,
    },
    `${escapeText(PROXIES[name])}. Checked: ${checked[name] ?? 'not yet'}.`,
    '## The command',
    'Write your own addresses into it. It prints the configuration, and the matching `TRUSTED_PROXIES`.',
    block('sh', proxyCommand('authelia', name) ?? ''),
    '## What you must know',
    list(warnings.map(escapeText)),
    '## What it prints',
    `::: details ${text.split('\n').length} lines for Authelia\n\n${block(LANGUAGES[name], text)}\n\n:::`,
    '## With another identity provider',
    others(name),
    '## What was attacked',
    attacks(matrix, COLUMNS[name]),
  );
}

function others(name: ProxyName): string {
  const rows = Object.entries(AUTH_OF_PROFILE).flatMap(([profile, auth]) => {
    if (auth === 'authelia') return [];
    const problem = problemWith(name, auth);
    return [
      [
        `[${profile}](/profiles/${profile})`,
        problem === undefined ? code(`--profile ${auth}`) : escapeText(problem),
      ],
    ];
  });
  return table(['profile', 'what to add to the command'], rows);
}

function problemWith(
  name: ProxyName,
  profile: (typeof AUTH_OF_PROFILE)[keyof typeof AUTH_OF_PROFILE],
): string | undefined {
  try {
    proxyConfig(name, { ...SETTINGS, auth: 'http://auth:9091', profile });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^--profile: /, '') : String(error);
  }
}

function attacks({ parts, versions }: Matrix, columns: readonly string[] | undefined): string {
  if (columns === undefined) {
    return 'This configuration was not run in front of an application. [The matrix](/proxies/matrix) has the proxies that were.';
  }
  return [
    `Every line is a test that runs the real program in a network of its own. Versions: ${escapeText(versions)}. [How to read the cells](/proxies/matrix).`,
    ...parts.map(({ title, cases }) =>
      [
        `### ${escapeText(title)}`,
        table(
          ['what it is', ...columns],
          cases.map(({ what, results }) => [
            escapeText(what),
            ...columns.map((column) => escapeText(results[column] ?? '')),
          ]),
        ),
      ].join('\n\n'),
    ),
  ].join('\n\n');
}
