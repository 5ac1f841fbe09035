// Compiles the examples with one version of TypeScript and one way to find packages, in packages of both types.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run.mjs';
import { MODES, PACKAGE_TYPES, TYPESCRIPTS } from './compilers.mjs';
import { EXAMPLES, LOGINS } from './examples.mjs';
import { limitOf } from './limits.mjs';

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
  const oldest = TYPESCRIPTS[0].number;
  return TYPESCRIPTS.flatMap((compiler, i) =>
    Object.entries(MODES)
      .filter(
        ([, { since = 0, until = 100 }]) => compiler.number >= since && compiler.number <= until,
      )
      .flatMap(([mode, { since: _, until: __, ...found }]) =>
        // The frameworks of before are compiled by the compiler of before, and by the one that reads our declarations as well.
        Object.keys(PROJECTS)
          .filter((project) => project === 'modern' || [oldest, 7].includes(compiler.number))
          .map((project) => ({
            name: `TypeScript ${compiler.version}, ${mode}, ${project}`,
            run: () => compile(folder, i, { project, mode, number: compiler.number }, found),
          })),
      ),
  );
}

async function compile(folder, i, where, found) {
  const { project, mode } = where;
  const all = PACKAGE_TYPES.flatMap((type) =>
    Object.keys(PROJECTS[project]).map((name) => ({
      file: `types/${type}/${name}.ts`,
      limit: limitOf(name, { ...where, type }),
    })),
  );
  const compilerOptions = {
    ...found,
    ...TYPESCRIPTS[i].options,
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable'],
    types: ['node'],
    strict: true,
    noEmit: true,
    esModuleInterop: true,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
  };
  const files = all.flatMap(({ file, limit }) => (limit ? [] : file));
  const tsconfig = join(folder, project, `tsconfig.${i}-${mode}.json`);
  writeFileSync(tsconfig, JSON.stringify({ compilerOptions, files }));
  const tsc = join(folder, 'node_modules', `typescript-${i}`, 'bin', 'tsc');
  const { code, output } = await run(process.execPath, [tsc, '--pretty', 'false', '-p', tsconfig], {
    cwd: folder,
  });
  const errors = output.split('\n').filter((line) => /error TS\d+/.test(line));
  const crashed = code !== 0 && errors.length === 0 ? [output || `ended with ${code}`] : [];
  return {
    faults: [...errors.filter(isOurs), ...crashed],
    notes: all.flatMap(({ file, limit }) => (limit ? `without ${file}: ${limit.why}` : [])).sort(),
  };
}

/** An error of the examples, or of our declarations. Those of other packages are theirs. */
function isOurs(line) {
  if (!/error TS\d+/.test(line)) return false;
  const [path] = line.split('(');
  return (
    !path.includes('node_modules/') ||
    path.slice(path.lastIndexOf('node_modules/')).startsWith('node_modules/@trusted-header/')
  );
}
