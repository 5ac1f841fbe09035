import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiFile } from './generate/api-pages.js';
import { isRecord } from './is-record.js';

/** An entry point of a package. */
interface Entry extends ApiFile {
  readonly folder: string;
}

/**
 * Gives names, types and comments of all public packages, as `check:api` has read them out of their declarations.
 *
 * Reading takes a quarter of a minute, so it is done where declarations are newer than what is there, and else not.
 */
export function apiFiles(root: string): ApiFile[] {
  const entries = entriesIn(root);
  if (entries.some(isOld)) {
    // It also compares with the reports; that these differ is for `check:api` to say.
    spawnSync(process.execPath, [join(root, 'scripts/check-api.mjs')], { stdio: 'ignore' });
  }
  return entries;
}

function entriesIn(root: string): Entry[] {
  return readdirSync(join(root, 'packages')).flatMap((name) => {
    const folder = join(root, 'packages', name);
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (!isRecord(manifest) || manifest['private'] === true || !isRecord(manifest['exports'])) {
      return [];
    }
    return Object.entries(manifest['exports']).flatMap(([path, target]) => {
      if (typesOf(target) === undefined) return [];
      const id = `${name}${path.slice(1).replace('/', '-')}`;
      return [
        {
          folder,
          name: id,
          path: join(root, 'node_modules/.cache/api', `${id}.api.json`),
          importedAs: `@trusted-header/${name}${path.slice(1)}`,
        },
      ];
    });
  });
}

/** An entry has types of its own, or those of the condition `default`; a preload has none. */
function typesOf(target: unknown): string | undefined {
  if (!isRecord(target)) return undefined;
  const { types, default: fallback } = target;
  return typeof types === 'string' ? types : typesOf(fallback);
}

function isOld({ path, folder }: Entry): boolean {
  if (!existsSync(path)) return true;
  const made = statSync(path).mtimeMs;
  return readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.d.ts'))
    .some((file) => statSync(join(folder, 'dist', file)).mtimeMs > made);
}
