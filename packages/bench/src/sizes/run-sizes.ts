import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile, transformSync } from 'esbuild';
import { coreSizes } from '../../../../scripts/core-sizes.mjs';
import type { ImportRow, PartRow, SizeResults, SizeRow } from '../results.js';
import type { Settings } from '../settings.js';

/** Each package of ours, and what its application has loaded anyway. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  core: [],
  node: [],
  login: [],
  hono: ['hono', '@hono/node-server'],
  koa: ['koa'],
  express: ['express'],
  fastify: ['fastify'],
  nestjs: ['@nestjs/core'],
  nextjs: ['next'],
  'better-auth': [],
};
const CORE = fileOf('@trusted-header/core');

/** Measures what an application takes on with each package. */
export async function runSizes({ imports }: Settings): Promise<SizeResults> {
  const empty = new URL('empty.js', import.meta.url).href;
  const above = (name: string, beside: readonly string[] = []): number =>
    Math.max(0, importTime(name, beside, imports) - importTime(empty, beside, imports));
  const packages: SizeRow[] = [];
  for (const [folder, framework] of Object.entries(PACKAGES)) {
    const name = `@trusted-header/${folder}`;
    const file = fileOf(name);
    packages.push({
      name,
      bytes: gzipSize(await bundle(file, ['*'])),
      bytesWithDependencies: gzipSize(await bundle(file, externalsOf(folderOf(file)))),
      importMs: above(name, ['node:http', ...framework]),
      dependencies: dependenciesOf(folderOf(file)).size,
    });
  }
  return {
    packages,
    core: await coreSizes(),
    parts: await partsOfCore(),
    imports: importsOfCore(above),
  };
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

/** Its own, and of the library that it loads when it has something to say about an address. */
function importsOfCore(above: (name: string) => number): readonly ImportRow[] {
  const ipaddr = createRequire(import.meta.url).resolve('ipaddr.js');
  return [
    { name: 'core, as published', ms: above('@trusted-header/core') },
    { name: 'ipaddr.js, which is CommonJS', ms: above(pathToFileURL(ipaddr).href) },
  ];
}

function fileOf(name: string): string {
  return fileURLToPath(import.meta.resolve(name));
}

/** Bundles a package's own files, with everything in `external` outside. `*` leaves every other package outside. */
async function bundle(
  file: string,
  external: readonly string[],
): Promise<{ readonly text: string; readonly metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [file],
    bundle: true,
    minify: true,
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

/** Milliseconds of processor time: the smallest of child processes that import it when everything beside it is loaded. */
function importTime(name: string, beside: readonly string[], times: number): number {
  const load = (module: string): string => `await import(${JSON.stringify(module)});`;
  const script = `${beside.map(load).join('')}
    const before = process.cpuUsage();
    ${load(name)}
    const { user, system } = process.cpuUsage(before);
    process.stdout.write(String((user + system) / 1000), () => process.exit());`;
  const samples = Array.from({ length: times }, () =>
    Number(
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        encoding: 'utf8',
        cwd: dirname(fileURLToPath(import.meta.url)),
        env: { ...process.env, NODE_OPTIONS: '' },
      }),
    ),
  );
  return Math.min(...samples);
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
