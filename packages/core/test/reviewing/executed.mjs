// Prints which files of a compiled core requests of each kind execute, and how many lines of code: what runs at start is not counted.
// Argument: the folder.
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { kinds } from './requests.mjs';

const folder = pathToFileURL(`${process.argv[2]}/`);
const core = await import(new URL('index.js', folder));
const groups = kinds(core);
const session = new Session();
session.connect();
await session.post('Profiler.enable');
const executed = {};
for (const [name, run] of Object.entries(groups)) {
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await run();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  await session.post('Profiler.stopPreciseCoverage');
  executed[name] = Object.fromEntries(result.flatMap(linesOf));
}
console.log(JSON.stringify(executed));

/** A file, and the number of lines of its functions that ran. The file itself is a function as well, which ran at start. */
function linesOf({ url, functions }) {
  if (!url.startsWith(folder.href)) return [];
  const code = readFileSync(fileURLToPath(url), 'utf8');
  const ran = functions
    .map(({ ranges: [whole] }) => whole)
    .filter(
      ({ count, endOffset, startOffset }) => count > 0 && endOffset - startOffset < code.length,
    );
  if (ran.length === 0) return [];
  const lines = new Set(
    ran.flatMap(({ startOffset, endOffset }) => {
      const first = lineAt(code, startOffset);
      return Array.from({ length: lineAt(code, endOffset) - first + 1 }, (_, i) => first + i);
    }),
  );
  const file = relative(fileURLToPath(folder), fileURLToPath(url));
  return [[file.replace(/\.js$/, '.ts'), lines.size]];
}

function lineAt(code, offset) {
  return code.slice(0, offset).split('\n').length;
}
