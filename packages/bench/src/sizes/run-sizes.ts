import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile, transformSync } from 'esbuild';
import type { ImportRow, PartRow, SizeResults, SizeRow } from '../results.js';
import type { Settings } from '../settings.js';

const PACKAGES = [
  'core',
  'node',
  'login',
  'hono',
  'koa',
  'express',
  'fastify',
  'nestjs',
  'nextjs',
  'better-auth',
].map((name) => `@trusted-header/${name}`);
const CORE = fileOf('@trusted-header/core');

/** Measures what an application takes on with each package. */
export async function runSizes({ imports }: Settings): Promise<SizeResults> {
  const empty = importTime(new URL('empty.js', import.meta.url).href, imports);
  const above = (name: string): number => Math.max(0, importTime(name, imports) - empty);
  const packages: SizeRow[] = [];
  for (const name of PACKAGES) {
    const file = fileOf(name);
    packages.push({
      name,
      bytes: gzipSize(await bundle(file, ['*'])),
      bytesWithDependencies: gzipSize(await bundle(file, externalsOf(folderOf(file)))),
      importMs: above(name),
      dependencies: dependenciesOf(folderOf(file)).size,
    });
  }
  return { packages, parts: await partsOfCore(), imports: await importsOfCore(above) };
}

/** Core from its sources, by folder. */
async function partsOfCore(): Promise<readonly PartRow[]> {
  const { metafile } = await bundle(join(folderOf(CORE), 'src/index.ts'), ['*']);
  const parts = new Map<string, PartRow>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const [, below = ''] = path.split('/src/');
      const name = join('src', dirname(below));
      const { bytes = 0, sentences = 0 } = parts.get(name) ?? {};
      parts.set(name, {
        name,
        bytes: bytes + bytesInOutput,
        sentences: sentences + (bytesInOutput > 0 ? sentenceBytes(path) : 0),
      });
    }
  }
  return [...parts.values()].filter(({ bytes }) => bytes > 0).sort((a, b) => b.bytes - a.bytes);
}

/** Texts with a space between letters, in the code without its comments. */
function sentenceBytes(file: string): number {
  const { code } = transformSync(readFileSync(file, 'utf8'), { loader: 'ts' });
  const texts = code.match(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [];
  return texts.filter((text) => /[a-z] [a-z]/.test(text)).join('').length;
}

/** Its own file, its dependency, and both in one file, which is not how it is published. */
async function importsOfCore(above: (name: string) => number): Promise<readonly ImportRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'trusted-header-bench-'));
  try {
    const both = join(folder, 'both.mjs');
    writeFileSync(both, (await bundle(CORE, [], { minify: false })).text);
    const ipaddr = createRequire(CORE).resolve('ipaddr.js');
    return [
      { name: 'core, as published', ms: above('@trusted-header/core') },
      { name: 'ipaddr.js alone, which is CommonJS', ms: above(pathToFileURL(ipaddr).href) },
      { name: 'both in one ES module', ms: above(pathToFileURL(both).href) },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function fileOf(name: string): string {
  return fileURLToPath(import.meta.resolve(name));
}

/** Bundles a package's own files, with everything in `external` outside. `*` leaves every other package outside. */
async function bundle(
  file: string,
  external: readonly string[],
  { minify = true } = {},
): Promise<{ readonly text: string; readonly metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [file],
    bundle: true,
    minify,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    // Files of types alone are imported for their effect on types.
    logLevel: 'error',
    ...(external[0] === '*' ? { packages: 'external' } : { external: [...external] }),
  });
  return { text: outputFiles[0]?.text ?? '', metafile };
}

function gzipSize({ text }: { readonly text: string }): number {
  return gzipSync(text, { level: 9 }).length;
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
        cwd: dirname(fileURLToPath(import.meta.url)),
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
