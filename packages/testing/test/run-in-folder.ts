import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a program came to. */
export interface Outcome {
  readonly status: number | null;
  /** What it printed, on both streams. */
  readonly output: string;
}

/**
 * Runs Node in a new folder with some files, and with nothing in the environment but what is given: as an application, and no
 * child of this test run.
 */
export function runInFolder(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Outcome {
  // Below the package, so that it finds what the package has installed.
  const folder = mkdtempSync(fileURLToPath(new URL('../.readme-', import.meta.url)));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      env,
      timeout: 60_000,
    });
    return { status, output: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
