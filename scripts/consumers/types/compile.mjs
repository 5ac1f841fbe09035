// Compiles the examples with one version of TypeScript and one way to find packages, in packages of both types.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run.mjs';
import { MODES, PACKAGE_TYPES, TYPESCRIPTS } from './compilers.mjs';
import { EXAMPLES, LOGINS } from './examples.mjs';
import { limitsOf } from './limits.mjs';

/** Which examples are compiled with which frameworks. */
const PROJECTS = { modern: { ...EXAMPLES, ...LOGINS }, older: EXAMPLES };

/** Puts the examples into an installed workspace, and gives what there is to compile. */
export function typeChecks(folder) {
  for (const [project, examples] of Object.entries(PROJECTS)) {
    for (const type of PACKAGE_TYPES) {
      mkdirSync(join(folder, project, 'types', type), { recursive: true });
      const manifest = type === 'module' ? { type } : {};
      writeFileSync(join(folder, project, 'types', type, 'package.json'), JSON.stringify(manifest));
      for (const [name, text] of Object.entries(examples)) {
        const own = type === 'module' ? text.replace("'./login'", "'./login.js'") : text;
        writeFileSync(join(folder, project, 'types', type, `${name}.ts`), own);
      }
    }
  }
  return TYPESCRIPTS.flatMap((compiler, i) =>
    Object.entries(MODES)
      .filter(([, { since = 0, until = 100 }]) => compiler.number >= since && compiler.number <= until)
      .flatMap(([mode, { since: _, until: __, ...found }]) =>
        Object.keys(PROJECTS).flatMap((project) => PACKAGE_TYPES.map((type) => ({
          name: `TypeScript ${compiler.version}, ${mode}, ${project}, ${type}`,
          run: () => compile(folder, i, { project, type, mode, number: compiler.number }, found),
        }))),
      ),
  );
}

async function compile(folder, i, where, found) {
  const { project, type, mode } = where;
  const names = Object.keys(PROJECTS[project]);
  const limits = names.flatMap((name) => limitsOf(name, where));
  const files = names.filter((name) => limitsOf(name, where).length === 0);
  const compilerOptions = {
    ...found,
    ...TYPESCRIPTS[i].options,
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable'],
    types: ['node'],
    strict: true,
    noEmit: true,
    esModuleInterop: true,
    skipLibCheck: false,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
  };
  const tsconfig = join(folder, project, `tsconfig.${i}-${mode}-${type}.json`);
  writeFileSync(
    tsconfig,
    JSON.stringify({ compilerOptions, files: files.map((name) => `types/${type}/${name}.ts`) }),
  );
  const tsc = join(folder, 'node_modules', `typescript-${i}`, 'bin', 'tsc');
  const { output } = await run(process.execPath, [tsc, '--pretty', 'false', '-p', tsconfig], { cwd: folder });
  return { faults: output.split('\n').filter(isOurs), notes: limits.map(({ file, why }) => `without ${file}: ${why}`) };
}

/** An error of the examples, or of our declarations. Those of other packages are theirs. */
function isOurs(line) {
  if (!/error TS\d+/.test(line)) return false;
  const [path] = line.split('(');
  return !path.includes('node_modules/') || path.slice(path.lastIndexOf('node_modules/')).startsWith('node_modules/@trusted-header/');
}
