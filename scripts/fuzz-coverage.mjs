// Looks for faults in core with inputs that reach new code (libFuzzer, by jazzer.js): `--seconds 60` for each target.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } });
const seconds = Number(values.seconds);
if (!Number.isSafeInteger(seconds) || seconds < 1) {
  console.error(`--seconds: ${JSON.stringify(values.seconds)} is no number; write one such as 60`);
  process.exit(2);
}
try {
  await import('@jazzer.js/core');
} catch (error) {
  const reason = String(error.message).split('\n')[0];
  console.error(`jazzer.js wants glibc 2.38, or .ci/with-newer-glibc in front of node: ${reason}`);
  process.exit(1);
}
const root = new URL('..', import.meta.url).pathname;
const sources = join(root, 'packages/core/fuzz');
const folder = mkdtempSync(join(tmpdir(), 'trusted-header-fuzz-'));
let failed = 0;
try {
  for (const file of readdirSync(sources)) {
    const name = file.replace(/\.ts$/, '');
    // jazzer.js instruments what is required: one CommonJS file with all of core in it.
    const outfile = join(folder, `${name}.cjs`);
    await build({
      entryPoints: [join(sources, file)],
      outfile,
      bundle: true,
      format: 'cjs',
      platform: 'node',
    });
    const corpus = join(folder, `${name}-corpus`);
    mkdirSync(corpus);
    const args = [outfile, corpus, '--sync', '-i', name, '--', `-max_total_time=${seconds}`];
    const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/jazzer'), args, {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const output = stdout + stderr;
    const [, runs] = /Done (\d+) runs/.exec(output) ?? [];
    const [, coverage] = /.*cov: (\d+)/s.exec(output) ?? [];
    const isGood = status === 0 && Number(runs) > 0 && Number(coverage) > 50;
    console.log(
      `${name}: ${isGood ? 'no fault' : 'FAULT'}, ${runs} runs, ${coverage} edges covered`,
    );
    if (!isGood) {
      failed += 1;
      console.error(output.slice(-4_000));
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = failed === 0 ? 0 : 1;
