import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { swcOptions } from './scripts/swc-options.mjs';

/** Where packages are, as in pnpm-workspace.yaml, and what the names of their jest projects begin with. */
const PREFIXES = { packages: '', apps: 'app-', 'apps/examples': 'example-' };

/** Every package is one jest project, named like its folder. */
const folders = Object.entries(PREFIXES).flatMap(([group, prefix]) =>
  readdirSync(new URL(group, import.meta.url))
    .filter((name) => existsSync(new URL(`${group}/${name}/package.json`, import.meta.url)))
    .map((name) => ({ folder: `${group}/${name}`, displayName: prefix + name })),
);

/** Tests of a package run against its own sources (`./x.js` → `./x.ts`) and everyone else's build. */
export default {
  // Many tests wait for a server in a process of its own: with a worker a processor, a third of their time would be idle.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  // Generous, since no test measures time: what shares its machine with a build takes four times as long.
  testTimeout: 20_000,
  coverageProvider: 'v8',
  // Files of types only have nothing to run. Branches below 100 % are the `?? 0` behind an index that is in bounds,
  // which `noUncheckedIndexedAccess` asks for: nothing else may be uncovered.
  collectCoverageFrom: [
    'packages/core/src/**/*.ts',
    '!**/*.d.ts',
    '!**/{adapter-options,audit-finding,authenticator,certificate-facts,decision,decision-event,entry-fault,header-profile,language,live-lists,policy,problem,proof,proof-options,request-fields,trusted-proxies}.ts',
  ],
  coverageThreshold: { global: { lines: 100, functions: 99, branches: 95 } },
  projects: folders.map(({ folder, displayName }) => ({
    displayName,
    rootDir: import.meta.dirname,
    roots: [`<rootDir>/${folder}`],
    testMatch: ['**/test/**/*.test.ts'],
    testPathIgnorePatterns: ['/node_modules/', '/dist/', '/\\.mutant/'],
    modulePathIgnorePatterns: ['/\\.mutant/', '/\\.next/'],
    extensionsToTreatAsEsm: ['.ts'],
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    transform: {
      '^.+\\.ts$': ['@swc/jest', swcOptions],
    },
  })),
};
