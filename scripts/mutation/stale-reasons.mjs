import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workspace.mjs';

/** Lists the reasons of a package whose code is not there any more, as `describeChange` names it. */
export async function staleReasons(name) {
  const { SURVIVORS } = await import(`./survivors/${name}.mjs`);
  return Object.values(SURVIVORS)
    .flat()
    .filter((change) => !isThere(name, change));
}

function isThere(name, change) {
  const [file, ...text] = change.split(': ');
  const path = join(root, 'packages', name, 'src', file);
  if (!existsSync(path)) return false;
  const source = readFileSync(path, 'utf8').replaceAll(/\s+/g, ' ');
  // Arrows stand in code, too: the old text ends at one of them.
  const parts = text.join(': ').split(' => ');
  return parts.slice(1).some((_, i) => {
    const old = parts.slice(0, i + 1).join(' => ');
    return source.includes(old.replace(/…$/, ''));
  });
}
