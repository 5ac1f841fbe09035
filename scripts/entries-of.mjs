import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The sources of the ES modules that a package's `exports` lead to, under whatever condition: `src/index.ts`. */
export function entriesOf(folder) {
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return [...new Set(modulesIn(exports))].map((file) =>
    file.replace('./dist/', 'src/').replace(/\.js$/, '.ts'),
  );
}

function modulesIn(entry) {
  if (typeof entry === 'string') return entry.endsWith('.js') ? [entry] : [];
  return Object.values(entry).flatMap(modulesIn);
}
