/**
 * Reads `git diff --unified=0`: what a change has added to or altered in the sources of packages.
 *
 * @returns {Map<string, { path: string, from: number, to: number }[]>} By the package's folder; `path` is below its `src`.
 */
export function changedLines(diff) {
  const found = new Map();
  let file;
  for (const line of diff.split('\n')) {
    if (line.startsWith('+++ ')) file = /^\+\+\+ b\/packages\/([^/]+)\/src\/(.+\.ts)$/.exec(line);
    const [, from, count = '1'] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    if (!file || from === undefined || count === '0') continue;
    const [, name, path] = file;
    const lines = { path, from: Number(from), to: Number(from) + Number(count) - 1 };
    found.set(name, [...(found.get(name) ?? []), lines]);
  }
  return found;
}

/**
 * Takes as many of them as there is time for, from the front.
 *
 * @returns `taken` as it was given; `leftOut` as words.
 */
export function takeLines(changed, most) {
  const taken = new Map();
  const leftOut = [];
  let count = 0;
  for (const [name, all] of changed) {
    for (const lines of all) {
      count += lines.to - lines.from + 1;
      if (count <= most) taken.set(name, [...(taken.get(name) ?? []), lines]);
      else leftOut.push(`packages/${name}/src/${lines.path}:${lines.from}-${lines.to}`);
    }
  }
  return { taken, leftOut };
}
