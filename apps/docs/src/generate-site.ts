import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { explanations } from '@trusted-header/cli';
import { KNOWN_PROFILES } from '@trusted-header/core/profiles';
import { apiFiles } from './api-files.js';
import { apiPages } from './generate/api-pages.js';
import { changelogPage, readChangeset } from './generate/changelog-page.js';
import { codePages } from './generate/code-pages.js';
import { documentPages } from './generate/document-pages.js';
import { missingIncludes } from './generate/includes.js';
import { readMatrix } from './generate/matrix.js';
import type { Page } from './generate/page.js';
import { commentOf, constantOf, profilePages } from './generate/profile-pages.js';
import { checkedBy, proxyPages } from './generate/proxy-pages.js';
import { isRecord } from './is-record.js';

/** Documents that belong to no package, and what they are about. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  'SECURITY.md': 'What trusted-header promises, what it assumes, and what it cannot see.',
  'ARCHITECTURE.md': 'How it is built, and why.',
  'CONTRIBUTING.md':
    'How to run the checks, and how to add an adapter, a profile, a case or a page.',
  'packages/assertion/matrix.md':
    'What four verifiers say of the same forged, expired, padded and foreign tokens.',
  'packages/e2e/matrix.md':
    'Over a hundred attacks on the generated configurations, and what came of each.',
  'packages/bench/results/README.md':
    'Speed and size beside other libraries, and their wrong answers.',
};

/** Folders of the site, all below `apps/docs`. */
export interface Folders {
  readonly root: string;
  readonly pages: string;
  readonly generated: string;
}

/**
 * Writes the pages that come from somewhere else in the repository, and removes those of before.
 *
 * @throws Error where a guide includes what is not there: a heading of a README that has got another name.
 */
export function generateSite({ root, pages, generated }: Folders): Page[] {
  const made = pagesOf(root);
  rmSync(generated, { recursive: true, force: true });
  for (const { path, text } of made) {
    const file = join(generated, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const missing = missingIncludes(pages);
  if (missing.length > 0) throw new Error(missing.join('\n'));
  return made;
}

function pagesOf(root: string): Page[] {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const packages = readdirSync(join(root, 'packages')).filter((name) =>
    existsSync(join(root, 'packages', name, 'README.md')),
  );
  const documents = [
    ...Object.entries(DOCUMENTS).map(([file, description]) => ({ file, description })),
    ...packages.map((name) => ({
      file: `packages/${name}/README.md`,
      description: descriptionIn(read(`packages/${name}/package.json`)),
    })),
  ].map((document) => ({ ...document, text: read(document.file) }));
  const sources = sourcesOf(join(root, 'packages/core/src/profiles'));
  return [
    ...documentPages(documents, new Set(packages)),
    ...proxyPages(
      readMatrix(read('packages/e2e/matrix.md')),
      checkedBy(read('packages/cli/README.md')),
    ),
    ...profilePages(
      Object.values(KNOWN_PROFILES).map((profile) => ({
        constant: constantOf(profile.id),
        profile,
        comment: commentOf(sources, constantOf(profile.id)),
      })),
    ),
    ...codePages(explanations),
    changelogPage(
      readdirSync(join(root, '.changeset'))
        .filter((name) => name.endsWith('.md'))
        .flatMap((name) => readChangeset(read(`.changeset/${name}`)) ?? []),
      packages
        .filter((name) => existsSync(join(root, 'packages', name, 'CHANGELOG.md')))
        .map((name) => ({ name, text: read(`packages/${name}/CHANGELOG.md`) })),
    ),
    ...apiPages(apiFiles(root)),
  ];
}

function descriptionIn(manifest: string): string {
  const read: unknown = JSON.parse(manifest);
  return isRecord(read) && typeof read['description'] === 'string' ? read['description'] : '';
}

/** The sources of a folder in one text. */
function sourcesOf(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}
