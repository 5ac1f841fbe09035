import type { Page } from './page.js';
import { sectionsOf, siteLinks } from './readme.js';
import { tame } from './tame.js';

/** A document of the repository, as it is. */
export interface Document {
  /** `packages/core/README.md` */
  readonly file: string;
  readonly text: string;
}

/** Where documents go that belong to no package. */
const PLACES: Readonly<Record<string, { readonly path: string; readonly description: string }>> = {
  'SECURITY.md': {
    path: 'security.md',
    description: 'What trusted-header promises, what it assumes, and what it cannot see.',
  },
  'ARCHITECTURE.md': { path: 'architecture.md', description: 'How it is built, and why.' },
  'CONTRIBUTING.md': {
    path: 'contributing.md',
    description: 'How to run the checks, and how to add an adapter, a profile or a case.',
  },
  'packages/e2e/matrix.md': {
    path: 'proxies/matrix.md',
    description: 'Over a hundred attacks on the generated configurations, and what came of each.',
  },
  'packages/bench/results/README.md': {
    path: 'benchmarks.md',
    description: 'Speed and size beside other libraries, and their wrong answers.',
  },
};

/** The documents as pages, and the parts of READMEs that guides include. */
export function documentPages(
  documents: readonly Document[],
  packages: ReadonlySet<string>,
): Page[] {
  return documents.flatMap(({ file, text }) => {
    const linked = tame(siteLinks(withoutMarks(text), file, packages));
    const name = /^packages\/([^/]+)\/README\.md$/.exec(file)?.[1];
    const place = PLACES[file] ?? {
      path: `packages/${name}.md`,
      description: firstSentence(text),
    };
    return [
      { path: place.path, text: `${front(place.description)}${linked}` },
      ...(name === undefined
        ? []
        : sectionsOf(linked).map((part) => ({
            path: `sections/${name}/${part.slug}.md`,
            text: part.text,
          }))),
    ];
  });
}

function front(description: string): string {
  return `---\ndescription: ${JSON.stringify(description)}\noutline: [2, 3]\n---\n\n`;
}

/** The first sentence behind the title, in plain text. */
export function firstSentence(text: string): string {
  const [, paragraph = ''] = /^# .*\n+([^#\n][\s\S]*?)(?:\n\n|$)/m.exec(text) ?? [];
  const plain = paragraph
    .replace(/\s+/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]|\b_|_\b/g, '');
  return /^.*?[.:?](?= |$)/.exec(plain)?.[0] ?? plain;
}

/** Marks for scripts of the repository. */
function withoutMarks(text: string): string {
  return text.replace(/<!-- \/?[a-z]+ -->\n*/g, '');
}
