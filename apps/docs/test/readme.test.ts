import { describe, expect, it } from '@jest/globals';
import { outerLinks, sectionsOf, siteLinks, slugOf } from '../src/generate/readme.js';

const README = `# A package

What it is.

## Health checks and CORS

\`\`\`sh
## no heading
\`\`\`

Text.

### Deeper

## With node:test
`;

describe('a README', () => {
  it('is cut at its headings of level 2, and not in a block of code', () => {
    expect(sectionsOf(README)).toEqual([
      { slug: 'intro', title: '', text: 'What it is.\n' },
      {
        slug: 'health-checks-and-cors',
        title: 'Health checks and CORS',
        text: '```sh\n## no heading\n```\n\nText.\n\n### Deeper\n',
      },
      { slug: 'with-nodetest', title: 'With node:test', text: '\n' },
    ]);
  });

  it('has the anchors of GitHub, which its own links are written for', () => {
    expect(slugOf('WebSockets, socket.io, and what else is at the server')).toBe(
      'websockets-socketio-and-what-else-is-at-the-server',
    );
  });
});

describe('a link of a README', () => {
  const links = (text: string): string =>
    siteLinks(text, 'packages/express/README.md', new Set(['core', 'express']));

  it.each([
    ['a package', '[core](../core)', '[core](/packages/core)'],
    ['a part of one', '[r](../core/README.md#reasons)', '[r](/packages/core#reasons)'],
    ['a document of the repository', '[s](../../SECURITY.md)', '[s](/security)'],
    ['the list of packages', '[l](../../README.md#what-you-get)', '[l](/packages/)'],
    ['the home page, without a heading', '[l](../../README.md#settings)', '[l](/)'],
    ['the matrix', '[m](../e2e/matrix.md)', '[m](/proxies/matrix)'],
    ['a place on the page', '[h](#health-checks)', '[h](#health-checks)'],
    ['another site', '[x](https://example.com/a)', '[x](https://example.com/a)'],
    ['a label in code', '[`core`](../core)', '[`core`](/packages/core)'],
    ['what has no page: its text alone', '[source](src/index.ts)', 'source'],
    ['a package without a README', '[x](../none)', 'x'],
  ])('leads to %s', (_, text, expected) => {
    expect(links(text)).toBe(expected);
  });

  it('leads to its page from a part that is included elsewhere', () => {
    expect(outerLinks('[t](#testing)\n```md\n[t](#a)\n```', '/packages/node')).toBe(
      '[t](/packages/node#testing)\n```md\n[t](#a)\n```',
    );
  });

  it('is left alone in code', () => {
    const code = '```md\n[core](../core)\n```';
    expect(links(`${code}\n[core](../core)`)).toBe(`${code}\n[core](/packages/core)`);
  });
});
