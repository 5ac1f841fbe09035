import { readdirSync } from 'node:fs';

/** Every workspace folder with a `test/` is one jest project, named like the folder. */
const folders = ['packages', 'apps'].flatMap((group) =>
  readdirSync(new URL(group, import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => ({ group, name: entry.name })),
);

/** Tests of a package run against its own sources (`./x.js` → `./x.ts`) and everyone else's build. */
export default {
  coverageProvider: 'v8',
  // Files of types only have nothing to run. Branches below 100 % are the `?? 0` behind an index that is in bounds,
  // which `noUncheckedIndexedAccess` asks for: nothing else may be uncovered.
  collectCoverageFrom: [
    'packages/core/src/**/*.ts',
    '!**/*.d.ts',
    '!**/{adapter-options,audit-finding,authenticator,decision,decision-event,entry-fault,header-profile,policy,problem,trusted-proxies}.ts',
  ],
  coverageThreshold: { global: { lines: 100, functions: 99, branches: 95 } },
  projects: folders.map(({ group, name }) => ({
    displayName: group === 'apps' ? `app-${name}` : name,
    rootDir: import.meta.dirname,
    roots: [`<rootDir>/${group}/${name}`],
    testMatch: ['**/test/**/*.test.ts'],
    testPathIgnorePatterns: ['/node_modules/', '/dist/', '/\\.mutant/'],
    modulePathIgnorePatterns: ['/\\.mutant/', '/\\.next/'],
    extensionsToTreatAsEsm: ['.ts'],
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    transform: {
      '^.+\\.ts$': [
        '@swc/jest',
        {
          jsc: {
            target: 'es2022',
            parser: { syntax: 'typescript', decorators: true },
            // As Nest wants them.
            transform: { legacyDecorator: true, decoratorMetadata: true },
          },
          module: { type: 'es6' },
        },
      ],
    },
  })),
};
