import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type DefaultTheme, defineConfig } from 'vitepress';
import { slugOf } from '../dist/generate/readme.js';
import { writeForPrograms } from './for-programs.js';

const GENERATED = join(import.meta.dirname, '../pages/generated');

/** The pages of a generated folder, by their file names, below the one with all of them. */
function generated(text: string, folder: string): DefaultTheme.SidebarItem {
  const names = readdirSync(join(GENERATED, folder)).map((file) => file.replace(/\.md$/, ''));
  const pages = names.filter((name) => name !== 'index').sort();
  return {
    text,
    link: `/${folder}/`,
    collapsed: true,
    items: pages.map((name) => ({ text: name, link: `/${folder}/${name}` })),
  };
}

const FRAMEWORKS = [
  { text: 'Hono', link: '/packages/hono' },
  { text: 'Koa', link: '/packages/koa' },
  { text: 'Express', link: '/packages/express' },
  { text: 'Fastify', link: '/packages/fastify' },
  { text: 'NestJS', link: '/packages/nestjs' },
  { text: 'Next.js', link: '/packages/nextjs' },
  { text: 'node:http', link: '/packages/node' },
];

const sidebar: DefaultTheme.SidebarItem[] = [
  {
    text: 'Start',
    items: [
      { text: 'Getting started', link: '/guides/getting-started' },
      { text: 'Playground', link: '/playground' },
      ...FRAMEWORKS,
    ],
  },
  {
    text: 'Guides',
    items: [
      { text: 'Whose headers: the profile', link: '/guides/profiles' },
      { text: 'Another login beside it', link: '/guides/another-login' },
      { text: 'Roles and groups', link: '/guides/roles' },
      { text: 'Users, sessions, sign-out', link: '/guides/sessions' },
      { text: 'Testing', link: '/guides/testing' },
      { text: 'Pages of your own', link: '/guides/own-pages' },
      { text: 'Which proof do I need?', link: '/guides/which-proof' },
      { text: 'A proof beside the address', link: '/guides/proofs' },
      { text: 'Signed headers', link: '/guides/signed-headers' },
      { text: 'Tailscale', link: '/guides/tailscale' },
      { text: 'Lists that live', link: '/guides/live-lists' },
      { text: 'Docker Compose', link: '/guides/compose' },
      { text: 'Kubernetes', link: '/guides/kubernetes' },
      { text: 'Behind two proxies', link: '/guides/two-proxies' },
      { text: 'socket.io and ws', link: '/guides/websockets' },
      { text: 'Rate limits by user', link: '/guides/rate-limits' },
      { text: 'Health checks and CORS', link: '/guides/health-checks' },
      { text: 'Coming from something else', link: '/guides/migrating' },
      { text: 'Logs and audit', link: '/guides/logs' },
      { text: 'Logs, metrics and traces', link: '/guides/telemetry' },
      { text: 'Probe your proxy', link: '/guides/probe' },
      { text: 'It does not work', link: '/guides/debugging' },
    ],
  },
  generated('Proxies', 'proxies'),
  generated('Profiles', 'profiles'),
  generated('Codes', 'codes'),
  generated('Packages', 'packages'),
  generated('API', 'api'),
  {
    text: 'About',
    items: [
      { text: 'Security model', link: '/security' },
      { text: 'Architecture', link: '/architecture' },
      { text: 'Benchmarks', link: '/benchmarks' },
      { text: 'Changelog and versions', link: '/changelog' },
      { text: 'Accessibility', link: '/accessibility' },
      { text: 'Contributing', link: '/contributing' },
    ],
  },
];

export default defineConfig({
  title: 'trusted-header',
  description:
    'Web applications behind an authenticating reverse proxy believe Remote-User only from the proxy.',
  lang: 'en',
  srcDir: 'pages',
  srcExclude: ['generated/sections/**'],
  rewrites: { 'generated/:rest*': ':rest*' },
  cleanUrls: false,
  lastUpdated: false,
  // Every other link must lead somewhere. READMEs name servers that the reader starts.
  ignoreDeadLinks: 'localhostLinks',
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: '/logo.svg' }],
    ['meta', { name: 'referrer', content: 'no-referrer' }],
  ],
  markdown: {
    // Links of READMEs are written for GitHub.
    anchor: { slugify: slugOf },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config: (md) => {
      // A table that scrolls sideways can be scrolled by keyboard.
      md.renderer.rules.table_open = () => '<table tabindex="0">\n';
      // The empty corner of a table is no heading of anything.
      md.renderer.rules.th_open = (tokens, i, options, _, self) => {
        if (tokens[i + 1]?.content === '') return '<td>';
        return self.renderToken(tokens, i, options);
      };
      md.renderer.rules.th_close = (tokens, i) =>
        tokens[i - 1]?.content === '' ? '</td>\n' : '</th>\n';
    },
  },
  themeConfig: {
    logo: { src: '/logo.svg', alt: '' },
    nav: [
      { text: 'Guides', link: '/guides/getting-started', activeMatch: '^/guides/' },
      { text: 'Playground', link: '/playground' },
      { text: 'Proxies', link: '/proxies/', activeMatch: '^/proxies/' },
      { text: 'Codes', link: '/codes/', activeMatch: '^/codes/' },
      { text: 'API', link: '/api/', activeMatch: '^/api/' },
      { text: 'Security', link: '/security' },
    ],
    sidebar,
    outline: { level: [2, 3] },
    search: { provider: 'local' },
    docFooter: { prev: 'Before', next: 'Next' },
    footer: { message: 'MIT licence. This site asks no other host for anything.' },
  },
  // The index of the search is large; it is loaded when somebody searches.
  vite: { build: { chunkSizeWarningLimit: 2000 } },
  buildEnd: writeForPrograms,
});
