import base from './jest.config.mjs';

/** Tests that need real proxies or a browser: `pnpm e2e` runs them. */
const { projects } = base;

export default {
  testTimeout: 120_000,
  projects: projects.map((project) => ({
    ...project,
    testMatch: ['**/test-e2e/**/*.e2e.ts'],
  })),
};
