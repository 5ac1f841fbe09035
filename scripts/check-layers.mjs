// Plants imports that biome.json must refuse, and some that it must not, in a copy of its rules: a rule that refuses nothing
// looks like one that is kept. Also for a package that nobody has written yet.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;

/** File, import, and whether it is refused. */
const ROWS = [
  ['packages/core/src/trust/x.ts', '#ipaddr', false],
  ['packages/core/src/trust/x.ts', 'ipaddr.js', true],
  ['packages/core/src/trust/x.ts', '../address/x.js', false],
  ['packages/core/src/trust/x.ts', '../headers/x.js', true],
  ['packages/core/src/policy/x.ts', 'node:fs', true],
  ['packages/core/src/x.ts', '@trusted-header/node', true],
  ['packages/core/src/x.ts', 'koa/lib/request', true],
  ['packages/node/src/x.ts', '@trusted-header/core', false],
  ['packages/node/src/x.ts', '@trusted-header/login', true],
  ['packages/login/src/x.ts', '@trusted-header/core', false],
  ['packages/login/src/x.ts', '@trusted-header/node', true],
  ['packages/login/src/x.ts', 'node:crypto', true],
  ['packages/koa/src/x.ts', '@trusted-header/login', false],
  ['packages/koa/src/x.ts', '@trusted-header/express', true],
  ['packages/koa/src/x.ts', '@trusted-header/node/dist/index.js', true],
  ['packages/hono/src/x.ts', 'hono/vercel', true],
  ['packages/passport/src/x.ts', '@trusted-header/node', false],
  ['packages/passport/src/x.ts', '@trusted-header/express', true],
  ['packages/authjs/src/x.ts', '@trusted-header/login', false],
  ['packages/authjs/src/x.ts', '@trusted-header/node', true],
  ['packages/better-auth/src/x.ts', '@trusted-header/node', true],
  ['packages/assertion/src/x.ts', '@trusted-header/core', false],
  ['packages/assertion/src/x.ts', 'jose', false],
  ['packages/assertion/src/x.ts', '@trusted-header/node', true],
  ['packages/assertion/src/x.ts', 'node:crypto', true],
  ['packages/opentelemetry/src/x.ts', '@trusted-header/core', false],
  ['packages/opentelemetry/src/x.ts', '@trusted-header/koa', true],
  ['packages/cli/src/x.ts', '@trusted-header/core/profiles', false],
  ['packages/cli/src/x.ts', '@trusted-header/login', true],
  ['packages/dev/src/x.ts', '@trusted-header/koa', true],
  ['packages/testing/src/x.ts', '@trusted-header/koa', true],
  ['packages/conformance/src/x.ts', '@trusted-header/koa', true],
  ['packages/of-tomorrow/src/x.ts', '@trusted-header/node', false],
  ['packages/of-tomorrow/src/x.ts', '@trusted-header/koa', true],
  ['packages/of-tomorrow/src/x.ts', '@trusted-header/core/dist/index.js', true],
  ['packages/bench/src/x.ts', '@trusted-header/koa', false],
  ['apps/examples/of-tomorrow/src/x.ts', '@trusted-header/koa', false],
  ['apps/examples/of-tomorrow/src/x.ts', '@trusted-header/koa/dist/index.js', true],
];

const copy = mkdtempSync(join(tmpdir(), 'trusted-header-layers-'));
try {
  for (const path of ['biome.json', '.gitignore', 'scripts']) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
  const files = ROWS.map(([file, from], i) => {
    const planted = file.replace('x.ts', `planted-${i}.ts`);
    mkdirSync(join(copy, planted, '..'), { recursive: true });
    writeFileSync(join(copy, planted), `import '${from}';\n`);
    return planted;
  });
  const refused = refusedBy(files);
  const wrong = ROWS.filter(([, , expected], i) => refused.has(files[i]) !== expected);
  for (const [file, from, expected] of wrong) {
    console.error(`${file} may ${expected ? 'import' : 'not import'} ${from}`);
  }
  console.log(`${ROWS.length} imports planted, ${wrong.length} judged wrongly`);
  if (wrong.length > 0) process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true });
}

/** The files in which biome refuses an import. */
function refusedBy(files) {
  const args = [
    'lint',
    '--only=style/noRestrictedImports',
    '--reporter=json',
    '--max-diagnostics=none',
  ];
  let output;
  try {
    output = execFileSync(join(root, 'node_modules/.bin/biome'), [...args, ...files], {
      cwd: copy,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    output = error.stdout;
  }
  const { diagnostics } = JSON.parse(output);
  return new Set(diagnostics.map(({ location }) => location.path.file ?? location.path));
}
