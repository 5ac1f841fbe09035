import { posix } from 'node:path';

/** A part of a README: what stands under one heading of level 2, or in front of the first. */
export interface Section {
  /** As in the heading's link: `health-checks-and-cors`; `intro` in front of the first. */
  readonly slug: string;
  readonly title: string;
  readonly text: string;
}

const HEADING = /^## (.+)$/;

/** Cuts a README at its headings of level 2. Lines in code blocks are no headings. */
export function sectionsOf(readme: string): Section[] {
  const sections: { slug: string; title: string; lines: string[] }[] = [
    { slug: 'intro', title: '', lines: [] },
  ];
  let fence = '';
  for (const line of readme.split('\n')) {
    const [mark = ''] = /^`{3,}/.exec(line) ?? [];
    if (mark !== '') fence = fence === '' ? mark : line.startsWith(fence) ? '' : fence;
    const title = fence === '' ? HEADING.exec(line)?.[1] : undefined;
    if (title !== undefined) sections.push({ slug: slugOf(title), title, lines: [] });
    else if (!/^# /.test(line) || fence !== '') sections.at(-1)?.lines.push(line);
  }
  return sections.map(({ lines, ...rest }) => ({
    ...rest,
    text: `${lines.join('\n').replace(/^\n+|\n+$/g, '')}\n`,
  }));
}

/** What GitHub and the site make of a heading. */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .replace(/\s+/g, '-');
}

/** Documents of the repository that have a page of another name. */
const PAGES: Readonly<Record<string, string>> = {
  'README.md': '/',
  'SECURITY.md': '/security',
  'ARCHITECTURE.md': '/architecture',
  'CONTRIBUTING.md': '/contributing',
  'packages/assertion/matrix.md': '/verifiers',
  'packages/e2e/matrix.md': '/proxies/matrix',
  'packages/bench/results/README.md': '/benchmarks',
  'packages/core/src/profiles': '/profiles/',
};

/** Parts of a document that are a page here. */
const PARTS: Readonly<Record<string, string>> = { 'README.md#what-you-get': '/packages/' };

/**
 * Turns the links of a document, which are relative to it, into links of the site.
 *
 * A link to what has no page loses its target and keeps its text: where the repository is, is not known here.
 *
 * @param file The document, from the repository's root.
 * @param packages The folders below `packages` that have a page.
 */
export function siteLinks(text: string, file: string, packages: ReadonlySet<string>): string {
  return outsideCode(text, (part) =>
    part.replace(
      /\[((?:[^[\]]|\[[^\]]*\])*)\]\((?!https?:|mailto:|#|\/)([^)#\s]*)(#[^)\s]*)?\)/g,
      (_, label: string, target: string, anchor = '') => {
        const path = posix.normalize(posix.join(posix.dirname(file), target)).replace(/\/$/, '');
        const link = PARTS[`${path}${anchor}`] ?? pageOf(path, packages);
        if (link === undefined) return label;
        // The home page has none of the README's headings.
        return path === 'README.md' ? `[${label}](${link})` : `[${label}](${link}${anchor})`;
      },
    ),
  );
}

/** Turns links within a document into links to its page, for a part of it that is included elsewhere. */
export function outerLinks(text: string, page: string): string {
  return outsideCode(text, (part) => part.replaceAll('](#', `](${page}#`));
}

function pageOf(path: string, packages: ReadonlySet<string>): string | undefined {
  const [, name = ''] = /^packages\/([^/]+)(?:\/README\.md)?$/.exec(path) ?? [];
  return PAGES[path] ?? (packages.has(name) ? `/packages/${name}` : undefined);
}

/** Changes what stands outside of fenced code blocks. */
export function outsideCode(text: string, change: (part: string) => string): string {
  return text
    .split(/(^(`{3,})[^\n]*\n[\s\S]*?^\2[ \t]*$)/m)
    .map((part, i) => (i % 3 === 0 ? change(part) : i % 3 === 1 ? part : ''))
    .join('');
}
