// Packs every public package and checks the tarballs: publint, are-the-types-wrong, size budget, dependency count.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { publicPackages, root } from './workspace.mjs';

/** What a package may weigh: its entry alone, with its dependencies, bundled, minified and gzipped. */
// Core grew by sentences for operators, and by all profiles, which it must know to see that one is the wrong one.
// Pages in five languages are 1.8 kB of it: every adapter renders them, so that a bundle without them would serve nobody.
// Secrets, certificates and proofs are 5.7 kB more; seven more profiles, prefixes and escapes 1.2 kB.
// Lists that live are 2.4 kB: what may stand in a list, and the sentences about it.
// What assertion adds to core is 16 kB, of which jose is about two thirds.
const BUDGET_BYTES = { '@trusted-header/core': 40_500, '@trusted-header/assertion': 34_000 };

/** What an application pays that takes one profile of all. */
const ONE_PROFILE_BYTES = 300;

const bin = (name) => join(root, 'node_modules/.bin', name);

function run(command, args, options = {}) {
  try {
    return {
      ok: true,
      text: execFileSync(command, args, { encoding: 'utf8', stdio: 'pipe', ...options }),
    };
  } catch (error) {
    return { ok: false, text: `${error.stdout ?? ''}${error.stderr ?? ''}` };
  }
}

/** Bundles an entry and gives its gzipped size; peer dependencies and Node's modules stay outside. */
async function bundledSize(folder, manifest) {
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'dist/index.js')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    external: [...Object.keys(manifest.peerDependencies ?? {}), 'hono/*'],
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

/** Bundles the export of one profile by itself: the others, and what is known of them, stay out. */
async function oneProfileSize(folder) {
  const contents = `export { authelia } from ${JSON.stringify(join(folder, 'dist/profiles/index.js'))};`;
  const stdin = { contents, resolveDir: folder };
  const { outputFiles } = await build({ stdin, bundle: true, minify: true, write: false });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

/** What a registry shows of a package, and finds it by. Where its repository is, the release says: see pack-release.mjs. */
function manifestFaults({ description = '', keywords = [], author, license }) {
  const text = [
    description === '' && 'has no description',
    keywords.length < 5 && 'has fewer than five keywords',
    author === undefined && 'has no author',
    license === undefined && 'has no licence',
  ]
    .filter(Boolean)
    .join(', ');
  return { ok: text === '', text };
}

/** What has a CommonJS build is for every resolution there is (A8). */
function typesProfile({ main }) {
  return main === undefined ? ['--profile', 'esm-only'] : [];
}

const target = mkdtempSync(join(tmpdir(), 'trusted-header-pack-'));
let failed = 0;
try {
  for (const { folder, manifest } of publicPackages()) {
    const { name } = manifest;
    execFileSync('npx', ['--yes', 'pnpm@10.34.8', 'pack', '--pack-destination', target], {
      cwd: folder,
      stdio: 'pipe',
    });
    const tarball = join(target, `${name.slice(1).replace('/', '-')}-${manifest.version}.tgz`);

    const checks = [
      ['manifest', manifestFaults(manifest)],
      ['publint', run(bin('publint'), ['run', tarball, '--strict'])],
      ['types', run(bin('attw'), [tarball, ...typesProfile(manifest), '--no-color'])],
    ];
    const size = await bundledSize(folder, manifest);
    const budget = BUDGET_BYTES[name] ?? Number.POSITIVE_INFINITY;
    checks.push(['size', { ok: size <= budget, text: `${size} bytes gzipped, budget ${budget}` }]);

    if (name === '@trusted-header/core') {
      const bytes = await oneProfileSize(folder);
      const text = `one profile alone: ${bytes} bytes, budget ${ONE_PROFILE_BYTES}`;
      checks.push(['one profile', { ok: bytes <= ONE_PROFILE_BYTES, text }]);
    }

    const dependencies = Object.keys(manifest.dependencies ?? {}).length;
    const verdict = checks.map(([check, { ok }]) => `${check} ${ok ? 'ok' : 'FAILED'}`).join(', ');
    console.log(
      `${name}: ${verdict}; ${size} bytes bundled and gzipped, ${dependencies} dependencies`,
    );
    for (const [, { ok, text }] of checks) {
      if (ok) continue;
      failed++;
      console.error(text);
    }
  }
} finally {
  rmSync(target, { recursive: true, force: true });
}
process.exitCode = failed > 0 ? 1 : 0;
