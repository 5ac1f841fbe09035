import { build } from 'esbuild';

/**
 * Bundles a test of a package into one file, so that it imports the built package where the test imports its sources.
 *
 * @param name The package's folder.
 * @param contents The program, as if it stood in `folder`.
 * @param replaced Files to take for modules, by the module's name.
 */
export async function bundleTest({ name, contents, folder, outfile, replaced = {} }) {
  await build({
    stdin: { contents, resolveDir: folder, loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // The packages say that their files have no side effects, and tests are nothing else.
    ignoreAnnotations: true,
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
    plugins: [
      {
        name: 'built-package',
        setup({ onResolve }) {
          onResolve({ filter: /^\.\.\/src\/index\.js$/ }, () => ({
            path: `@trusted-header/${name}`,
            external: true,
          }));
          onResolve({ filter: /^[^./]/ }, ({ path }) =>
            path in replaced ? { path: replaced[path] } : { path, external: true },
          );
        },
      },
    ],
  });
}
