import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../workspace.mjs';

/** Writes files, or none: where one cannot be written, all are again what they were. */
export function writeAll(files) {
  const before = new Map();
  const made = [];
  try {
    for (const [path, text] of files) {
      const file = join(root, path);
      before.set(file, existsSync(file) ? readFileSync(file) : undefined);
      const first = mkdirSync(dirname(file), { recursive: true });
      if (first !== undefined) made.push(first);
      writeFileSync(file, text);
    }
  } catch (error) {
    for (const [file, content] of before) {
      if (content === undefined) rmSync(file, { force: true });
      else writeFileSync(file, content);
    }
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
