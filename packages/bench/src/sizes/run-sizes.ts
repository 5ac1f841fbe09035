import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { SizeRow } from '../results.js';
import type { Settings } from '../settings.js';

const PACKAGES = ['core', 'node', 'hono', 'koa', 'express', 'fastify', 'nestjs', 'nextjs'].map(
  (name) => `@trusted-header/${name}`,
);

/** Measures what an application takes on with each package. */
export async function runSizes({ imports }: Settings): Promise<readonly SizeRow[]> {
  const empty = importTime(new URL('empty.js', import.meta.url).href, imports);
  const rows: SizeRow[] = [];
  for (const name of PACKAGES) {
    const file = new URL(import.meta.resolve(name)).pathname;
    rows.push({
      name,
      bytes: await gzipped(file, ['*']),
      bytesWithDependencies: await gzipped(file, externalsOf(folderOf(file))),
      importMs: Math.max(0, importTime(name, imports) - empty),
      dependencies: dependenciesOf(folderOf(file)).size,
    });
  }
  return rows;
}

/** Bundles a package's own files, with everything in `external` outside. `*` leaves every other package outside. */
async function gzipped(file: string, external: readonly string[]): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    // Files of types alone are imported for their effect on types.
    logLevel: 'error',
    ...(external[0] === '*' ? { packages: 'external' } : { external: [...external] }),
  });
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
}

/** Peers, and packages of this repository: those have rows of their own. */
function externalsOf(folder: string): readonly string[] {
  const { dependencies = {}, peerDependencies = {} } = manifestOf(folder);
  const ours = Object.keys(dependencies).filter((name) => name.startsWith('@trusted-header/'));
  const outside = [...Object.keys(peerDependencies), ...ours];
  return outside.flatMap((name) => [name, `${name}/*`]);
}

/** The median of child processes that import it. Milliseconds. */
function importTime(name: string, times: number): number {
  const code = `await import(${JSON.stringify(name)});`;
  const script = `const t = performance.now(); ${code} process.stdout.write(String(performance.now() - t));`;
  const samples = Array.from({ length: times }, () =>
    Number(
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        encoding: 'utf8',
        cwd: dirname(new URL(import.meta.url).pathname),
        env: { ...process.env, NODE_OPTIONS: '' },
      }),
    ),
  ).sort((a, b) => a - b);
  return samples[Math.floor(samples.length / 2)] ?? 0;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** What an installation adds besides the framework itself. */
function dependenciesOf(folder: string, found = new Set<string>()): ReadonlySet<string> {
  const require = createRequire(join(folder, 'package.json'));
  for (const name of Object.keys(manifestOf(folder).dependencies ?? {})) {
    if (!name.startsWith('@trusted-header/')) found.add(name);
    dependenciesOf(folderOf(require.resolve(name)), found);
  }
  return found;
}

function folderOf(file: string): string {
  let folder = dirname(file);
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
