// How each test runner is set up, as its own documentation says it, in an application of either type.

const JEST = (type) => ({
  env: { CANNOT_INJECT: '' },
  why: "without Fastify's inject(): its cookie@2 is ES modules only, which Jest does not require before Node 24.9",
  program: 'jest/bin/jest.js',
  args: ['--ci', '--runInBand', '--no-cache'],
  begin: `import { afterAll, beforeAll, describe, it } from '@jest/globals';`,
  nodeOptions: type === 'module' ? ['--experimental-vm-modules', '--no-warnings'] : [],
});

const JEST_OF_TYPESCRIPT = (type, transform) => ({
  // Links between TypeScript files are written as those between what is made of them.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  ...(type === 'module' && { extensionsToTreatAsEsm: ['.ts'] }),
  transform: { '^.+\\.ts$': transform },
});

/** For `module` or `commonjs`: which program, its configuration files, the language, what the test begins with. */
export const RUNNERS = {
  'babel-jest': (type) => ({
    ...JEST(type),
    language: 'js',
    files: {
      'jest.config.json': {},
      'babel.config.json': {
        presets: [
          [
            '@babel/preset-env',
            { targets: { node: 'current' }, ...(type === 'module' && { modules: false }) },
          ],
        ],
      },
    },
  }),
  'ts-jest': (type) => ({
    ...JEST(type),
    language: 'ts',
    files: {
      'jest.config.json': JEST_OF_TYPESCRIPT(type, [
        'ts-jest',
        { useESM: type === 'module', tsconfig: 'tsconfig.json' },
      ]),
      'tsconfig.json': {
        compilerOptions: {
          ...(type === 'module'
            ? { module: 'esnext', moduleResolution: 'bundler' }
            : { module: 'commonjs', moduleResolution: 'node10' }),
          target: 'es2022',
          strict: true,
          esModuleInterop: true,
          // As Nest's skeleton has it. Types are compiled elsewhere.
          isolatedModules: true,
          experimentalDecorators: true,
          emitDecoratorMetadata: true,
          skipLibCheck: true,
        },
      },
    },
  }),
  '@swc/jest': (type) => ({
    ...JEST(type),
    language: 'ts',
    files: {
      'jest.config.json': JEST_OF_TYPESCRIPT(type, [
        '@swc/jest',
        {
          jsc: {
            target: 'es2022',
            parser: { syntax: 'typescript', decorators: true },
            transform: { legacyDecorator: true, decoratorMetadata: true },
          },
          module: { type: type === 'module' ? 'es6' : 'commonjs' },
        },
      ]),
    },
  }),
  Vitest: () => ({
    program: 'vitest/vitest.mjs',
    args: ['run', '--no-color'],
    begin: `import { describe, it } from 'vitest';`,
    language: 'js',
    files: {},
  }),
  mocha: () => ({
    program: 'mocha/bin/mocha.js',
    args: ['app.test.js', '--exit'],
    begin: '',
    language: 'js',
    isLoadedAsWritten: true,
    files: {},
  }),
  'node:test': () => ({
    args: ['--test', 'app.test.js'],
    begin: `import { describe, it } from 'node:test';`,
    language: 'js',
    isLoadedAsWritten: true,
    files: {},
  }),
};
