import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const INCLUDE = /<!--\s*@include:\s*([^\s#{]+)\s*-->/g;

/** Names the includes of the pages in a folder that lead nowhere: VitePress leaves them out without a word. */
export function missingIncludes(pages: string): string[] {
  return readdirSync(pages, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => {
      const file = join(pages, name);
      return targetsOf(readFileSync(file, 'utf8'), file)
        .filter((target) => !existsSync(target))
        .map((target) => `${name}: includes ${relative(pages, target)}, which is not there`);
    });
}

/** A page with what it includes in its place. */
export function withIncludes(file: string): string {
  return readFileSync(file, 'utf8').replace(INCLUDE, (_, target: string) =>
    withIncludes(join(dirname(file), target)),
  );
}

function targetsOf(text: string, file: string): string[] {
  return [...text.matchAll(INCLUDE)].map(([, target = '']) => join(dirname(file), target));
}
