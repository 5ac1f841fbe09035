// Packs every public package and checks the tarballs: publint, are-the-types-wrong, size budget, dependency count.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { pack } from './consumers/packed.mjs';
import { coreSizes } from './core-sizes.mjs';
import { publicPackages, root } from './workspace.mjs';

/** What a package may weigh: its entry alone, with its dependencies, bundled, minified and gzipped. */
// Core grew by sentences for operators, and by all profiles, which it must know to see that one is the wrong one.
// Pages in five languages are 1.8 kB of it: every adapter renders them, so that a bundle without them would serve nobody.
// Secrets, certificates and proofs are 5.7 kB; lists that live are 2.4 kB: what may stand in a list, and the sentences about it.
// What assertion adds to core is 16 kB, of which jose is about two thirds.
const BUDGET_BYTES = { '@trusted-header/core': 43_000, '@trusted-header/assertion': 34_000 };

/** What an application may pay for a part of core, bundled, minified and gzipped. */
const CORE_BUDGET_BYTES = {
  // What decides, for the headers of nearly all proxies.
  'Every request': 8_000,
  // An option is data: whoever writes `encoding`, `sharedSecret` or `clientCertificate` has them without another import.
  'Where it is configured': 12_600,
  'Where a proof is waited for': 14_400,
  'Whether the handler may run': 19_400,
  // All of the above but the last two, what checks the options, and every sentence of an error, of the log and of the audit that is
  // told at start: a list is refused, and a refusal is logged, at once, and not when a module with the words has been loaded.
  // And ipaddr.js, 4 kB, which Node loads only where it is asked.
  createAuthenticator: 34_000,
  // The package is one file: what stands in it beside functions is in all of these, some 5 kB, and ipaddr.js.
  compileTrust: 12_200,
  auditTrustedProxies: 13_300,
  renderProblem: 12_800,
  'one profile': 300,
};

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

/** Compares parts of core with what they may weigh. */
async function checkCore() {
  const sizes = await coreSizes();
  return Object.entries(CORE_BUDGET_BYTES).map(([part, budget]) => [
    part,
    { ok: sizes[part] <= budget, text: `${part}: ${sizes[part]} bytes, budget ${budget}` },
  ]);
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
  const packed = pack(target);
  for (const { folder, manifest } of publicPackages()) {
    const { name } = manifest;
    const tarball = packed[name].slice('file:'.length);

    const checks = [
      ['manifest', manifestFaults(manifest)],
      ['publint', run(bin('publint'), ['run', tarball, '--strict'])],
      ['types', run(bin('attw'), [tarball, ...typesProfile(manifest), '--no-color'])],
    ];
    const size = await bundledSize(folder, manifest);
    const budget = BUDGET_BYTES[name] ?? Number.POSITIVE_INFINITY;
    checks.push(['size', { ok: size <= budget, text: `${size} bytes gzipped, budget ${budget}` }]);

    if (name === '@trusted-header/core') checks.push(...(await checkCore()));

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
