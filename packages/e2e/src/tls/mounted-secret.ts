import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder in which a kubelet keeps a Secret's files. */
export interface MountedSecret {
  /** Where a file of it is, now and later. */
  path(name: string): string;
  /** Changes some of its files, all at once. */
  change(files: Readonly<Record<string, string>>): void;
  remove(): void;
}

/**
 * Makes a folder as a kubelet does: each file is a link through `..data`, a link to the folder of the day, and that one is swapped by
 * a rename. Nobody who watches a file itself hears of it.
 */
export function mountSecret(files: Readonly<Record<string, string>>): MountedSecret {
  const folder = mkdtempSync(join(tmpdir(), 'trusted-header-secret-'));
  const path = (name: string): string => join(folder, name);
  let all: Readonly<Record<string, string>> = {};
  let count = 0;
  const change = (some: Readonly<Record<string, string>>): void => {
    all = { ...all, ...some };
    count += 1;
    const today = `..${count}`;
    mkdirSync(path(today));
    for (const [name, text] of Object.entries(all)) writeFileSync(join(path(today), name), text);
    symlinkSync(today, path('..data_tmp'));
    renameSync(path('..data_tmp'), path('..data'));
    if (count > 1) rmSync(path(`..${count - 1}`), { recursive: true });
  };
  change(files);
  for (const name of Object.keys(files)) symlinkSync(join('..data', name), path(name));
  return { path, change, remove: () => rmSync(folder, { recursive: true }) };
}
