import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { explanations, PROXIES } from '@trusted-header/cli';
import { KNOWN_PROFILES } from '@trusted-header/core/profiles';
import { changelogPage, readChangeset } from '../src/generate/changelog-page.js';
import { codePages } from '../src/generate/code-pages.js';
import { titled } from '../src/generate/front-matter.js';
import { llmsText } from '../src/generate/llms.js';
import { readMatrix } from '../src/generate/matrix.js';
import { code, escapeText, table } from '../src/generate/page.js';
import { commentOf, constantOf, profilePages } from '../src/generate/profile-pages.js';
import { checkedBy, proxyCommand, proxyPages } from '../src/generate/proxy-pages.js';
import { tame } from '../src/generate/tame.js';

const read = (path: string): string => readFileSync(`${process.cwd()}/${path}`, 'utf8');

describe('text on a page', () => {
  it('is no element, no code of Vue and no emphasis', () => {
    expect(escapeText('<script> {{ a }} *b* _c_ [d] & e')).toBe(
      '&lt;script> &#123;&#123; a }} \\*b\\* \\_c\\_ \\[d\\] &amp; e',
    );
  });

  it('is code with as many backticks as it needs', () => {
    expect(code('a`b')).toBe('``a`b``');
    expect(code('`a`')).toBe('`` `a` ``');
  });

  it('does not end a cell of a table', () => {
    expect(table(['a'], [['x|y']])).toBe('| a |\n| --- |\n| x\\|y |');
  });

  it('has no angle bracket outside of code, and keeps those in code', () => {
    expect(tame('a <b> `c <d>` <https://example.com>\n```\n<e>\n```')).toBe(
      'a &lt;b> `c <d>` <https://example.com>\n```\n<e>\n```',
    );
  });
});

describe('pages', () => {
  const matrix = readMatrix(read('packages/e2e/matrix.md'));

  it('are there for every proxy, with what it prints and what was attacked', () => {
    const pages = proxyPages(matrix, checkedBy(read('packages/cli/README.md')));
    expect(pages.map(({ path }) => path)).toEqual([
      'proxies/index.md',
      ...Object.keys(PROXIES).map((name) => `proxies/${name}.md`),
    ]);
    const nginx = pages.find(({ path }) => path === 'proxies/nginx.md')?.text ?? '';
    expect(nginx).toContain('proxy_set_header Remote-User');
    expect(nginx).toContain('| The plain attack: headers, and no sign-in. | portal |');
    const traefik = pages.find(({ path }) => path === 'proxies/traefik-file.md')?.text;
    expect(traefik).toContain('was not run in front of an application');
    for (const { text } of pages) expect(text).not.toMatch(/Checked: not yet|undefined/);
  });

  it('are there for every profile, with its source', () => {
    const source = read('packages/core/src/profiles/authentik.ts');
    const pages = profilePages(
      Object.values(KNOWN_PROFILES).map((profile) => ({
        constant: constantOf(profile.id),
        profile,
        comment: commentOf(source, constantOf(profile.id)),
      })),
    );
    expect(pages).toHaveLength(1 + Object.keys(KNOWN_PROFILES).length);
    const page = pages.find(({ path }) => path === 'profiles/authentik.md')?.text;
    expect(page).toContain('Source: authentik');
    expect(page).toContain('| groups | `X-authentik-groups` | utf-8; `\\|` between groups |');
    expect(page).toContain('proxy-config nginx \\\n  --profile authentik');
    expect(page).toContain('::: tip The address is enough');
    const all = pages[0]?.text;
    expect(all).toContain(
      '| [`shibboleth`](/profiles/shibboleth): Shibboleth service provider | enough | `REMOTE_USER` | `isMemberOf`, `;` between groups, `\\;` inside of one |',
    );
    expect(all).toContain('| utf-8 | `displayName`, `mail`, `affiliation`, `entitlement` | [');
    expect(all).toContain('| **not enough** | `X-Goog-Authenticated-User-Email` | none |');
    expect(all).toContain('| No header, on health checks. | utf-8 |');
    expect(all).toContain(
      '[docs.cloud.google.com](https://docs.cloud.google.com/iap/docs/identity-howto) |',
    );
    const iap = pages.find(({ path }) => path === 'profiles/google-iap.md')?.text;
    expect(iap).toContain('::: danger An address alone is not safe');
    expect(iap).toContain('utf-8, behind `accounts.google.com:`');
    expect(iap).toContain('- https://docs.cloud.google.com/iap/docs/identity-howto');
    expect(iap).toContain('For somebody who is not signed in: no header, on health checks.');
  });

  it('are there for every code, with what mends it', () => {
    const pages = codePages(explanations);
    expect(pages).toHaveLength(1 + explanations.length);
    for (const { causes, code: name } of explanations) {
      const page = pages.find(({ path }) => path === `codes/${name}.md`);
      for (const { mend } of causes) expect(page?.text).toContain(escapeText(mend));
    }
  });

  it('name no command for a provider that has none', () => {
    expect(proxyCommand('tailscale')).toBeUndefined();
    expect(proxyCommand('oauth2-proxy')).toBeUndefined();
  });
});

describe('the changelog', () => {
  it('has what waits, and under which packages', () => {
    const changeset = readChangeset('---\n"@trusted-header/core": minor\n---\n\nRefuses <b>.\n');
    expect(changeset).toEqual({ packages: ['@trusted-header/core'], text: 'Refuses <b>.' });
    expect(changelogPage(changeset ? [changeset] : [], []).text).toContain(
      '**core**\n\nRefuses &lt;b>.',
    );
  });

  it('takes nothing of what is no changeset', () => {
    expect(readChangeset('# Changesets\n')).toBeUndefined();
  });
});

describe('a list for programs', () => {
  it('has each page with its title and what it is about', () => {
    const { title, description } = titled(
      '---\ndescription: "What: this"\n---\n\n# A page\n\nText\n',
    );
    expect({ title, description }).toEqual({ title: 'A page', description: 'What: this' });
    expect(llmsText([{ url: '/guides/a.md', title, description, section: 'guides' }])).toContain(
      '\n## guides\n\n- [A page](/guides/a.md): What: this\n',
    );
  });
});
