import base from './jest.config.mjs';

/** Tests that need real proxies or a browser: `pnpm e2e` runs them. */
const { projects } = base;

/** The projects that install the packages as a user would. */
const INSTALLING = ['nestjs', 'nextjs'];
const packed = {
  globalSetup: '<rootDir>/scripts/packed-once/pack.mjs',
  globalTeardown: '<rootDir>/scripts/packed-once/remove.mjs',
};

export default {
  testTimeout: 120_000,
  projects: projects.map((project) => ({
    ...project,
    ...(INSTALLING.includes(project.displayName) && packed),
    testMatch: ['**/test-e2e/**/*.e2e.ts'],
  })),
};
