import { escapeText, type Page, page, table } from './page.js';
import { outerLinks, sectionsOf, siteLinks } from './readme.js';
import { tame } from './tame.js';

/** A document of the repository, as it is. */
export interface Document {
  /** `packages/core/README.md` */
  readonly file: string;
  readonly text: string;
  /** What it is about, in a sentence. */
  readonly description: string;
}

/** Where documents go that belong to no package. */
const PLACES: Readonly<Record<string, string>> = {
  'SECURITY.md': 'security.md',
  'ARCHITECTURE.md': 'architecture.md',
  'CONTRIBUTING.md': 'contributing.md',
  'packages/assertion/matrix.md': 'verifiers.md',
  'packages/e2e/matrix.md': 'proxies/matrix.md',
  'packages/bench/results/README.md': 'benchmarks.md',
};

/** The documents as pages, and the parts of READMEs that guides include. */
export function documentPages(
  documents: readonly Document[],
  packages: ReadonlySet<string>,
): Page[] {
  const pages = documents.flatMap(({ file, text, description }) => {
    const linked = tame(siteLinks(withoutMarks(text), file, packages));
    const name = nameOf(file);
    const path = PLACES[file] ?? `packages/${name}.md`;
    return [
      { path, text: `${front(description)}${linked}` },
      ...(name === undefined
        ? []
        : sectionsOf(linked).map((part) => ({
            path: `sections/${name}/${part.slug}.md`,
            text: outerLinks(part.text, `/packages/${name}`),
          }))),
    ];
  });
  return [packageIndex(documents), ...pages];
}

function packageIndex(documents: readonly Document[]): Page {
  const rows = documents.flatMap((document) => {
    const name = nameOf(document.file);
    return name === undefined
      ? []
      : [[`[${name}](/packages/${name})`, escapeText(document.description)]];
  });
  return page(
    'packages/index.md',
    { title: 'Packages', description: 'What each package is for.' },
    table(['package', 'what it is'], rows),
  );
}

/** The package that a document is the README of. */
function nameOf(file: string): string | undefined {
  return /^packages\/([^/]+)\/README\.md$/.exec(file)?.[1];
}

function front(description: string): string {
  return `---\ndescription: ${JSON.stringify(description)}\noutline: [2, 3]\n---\n\n`;
}

/** Marks for scripts of the repository. */
function withoutMarks(text: string): string {
  return text.replace(/<!-- \/?[a-z]+ -->\n*/g, '');
}
