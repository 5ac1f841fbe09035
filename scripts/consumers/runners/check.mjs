// The packed packages in the test runners that applications use.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { plainEnv } from '../program.mjs';
import { run } from '../run.mjs';
import { APP, NEST_TEST, TEST } from './app.mjs';
import { RUNNERS } from './runners.mjs';

/** The frameworks of before are CommonJS's: there Express 4, Koa 2 and Nest 11 are asked, here those of today. */
const PROJECTS = { commonjs: 'older', module: 'modern' };

/** What there is to check in an installed workspace. */
export function runnerChecks(folder) {
  return Object.entries(RUNNERS).flatMap(([name, setUp]) =>
    Object.entries(PROJECTS).map(([type, project]) => ({
      name: `${name}, ${type === 'module' ? 'ES modules' : 'CommonJS'}`,
      run: () => runTests(join(folder, project), name, type, setUp(type)),
    })),
  );
}

async function runTests(project, name, type, runner) {
  const { program, args, nodeOptions = [], language, files, env = {}, why } = runner;
  const folder = join(project, `${name.replace(/\W/g, '-')}-${type}`);
  mkdirSync(folder);
  const write = (file, text) => writeFileSync(join(folder, file), text);
  write(
    'package.json',
    JSON.stringify({ name: 'app', private: true, ...(type === 'module' && { type }) }),
  );
  for (const [file, content] of Object.entries(files)) write(file, JSON.stringify(content));
  write(`app.${language}`, written(APP, type, runner));
  write(`app.test.${language}`, written(`${runner.begin}${TEST}`, type, runner));
  if (language === 'ts') write('nest.test.ts', `${runner.begin}${NEST_TEST}`);

  const path = program ? [join(project, 'node_modules', program)] : [];
  const { code, output } = await run(process.execPath, [...nodeOptions, ...path, ...args], {
    cwd: folder,
    env: plainEnv(env),
    seconds: 240,
  });
  const expected = language === 'ts' ? 5 : 4;
  const passed = Number(
    /(?:^# pass |Tests: +|Tests +)(\d+)/m.exec(plain(output))?.[1] ??
      /(\d+) passing/.exec(output)?.[1],
  );
  if (code === 0 && passed === expected) return { faults: [], notes: why ? [why] : [] };
  return { faults: [`ended with ${code}, ${passed} of ${expected} passed`, ...output.split('\n')] };
}

/** A CommonJS application that nobody compiles writes `require`. */
function written(text, type, { isLoadedAsWritten = false }) {
  if (type === 'module' || !isLoadedAsWritten) return text;
  return transformSync(text, { format: 'cjs', platform: 'node', target: 'node20' }).code;
}

function plain(output) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what colours begin with.
  return output.replace(/\x1b\[[0-9;]*m/g, '');
}
