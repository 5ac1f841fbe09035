import { escapeText, type Page, page } from './page.js';
import { tame } from './tame.js';

/** A changeset that waits for the next release: which packages, how much, and what it tells their users. */
export interface Changeset {
  readonly packages: readonly string[];
  readonly text: string;
}

/** Reads `.changeset/<name>.md`. */
export function readChangeset(file: string): Changeset | undefined {
  const [, front = '', text = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(file) ?? [];
  const packages = [...front.matchAll(/^"(@trusted-header\/[a-z-]+)"/gm)].map(
    ([, name = '']) => name,
  );
  return packages.length > 0 ? { packages, text: text.trim() } : undefined;
}

/** What comes next, what came before, and what a version number promises. */
export function changelogPage(
  changesets: readonly Changeset[],
  released: readonly { readonly name: string; readonly text: string }[],
): Page {
  return page(
    'changelog.md',
    {
      title: 'Changelog',
      description: 'What changed, what comes next, and what a version promises.',
    },
    '## Versions',
    'Versions follow [Semantic Versioning](https://semver.org/). All packages have a version of their own. Before 1.0 a minor version may change what is exported; the changelog says how to go on. A rule that refuses more than before is a fix where the request was ambiguous, and is never held back for a major version: this is a security product.',
    'Node 20.19 and newer, and the versions of each framework that its page names, are tested on every change. Dropping one is a major version.',
    '## Next release',
    ...(changesets.length > 0
      ? changesets.map(
          ({ packages, text }) => `**${packages.map(shortName).join(', ')}**\n\n${tame(text)}`,
        )
      : ['Nothing waits.']),
    ...released.map(
      ({ name, text }) =>
        `## ${escapeText(name)}\n\n${tame(text.replace(/^# .*\n/, '')).replace(/^## /gm, '### ')}`,
    ),
  );
}

function shortName(name: string): string {
  return name.replace('@trusted-header/', '');
}
