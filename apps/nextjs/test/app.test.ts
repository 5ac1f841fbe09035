import { afterAll, describe, it, jest } from '@jest/globals';
import { defineAppTests, runMain } from '@trusted-header/app-ui/testing';

const main = new URL('../dist/main.js', import.meta.url);

// Next needs some seconds to start.
jest.setTimeout(30_000);

defineAppTests(
  {
    framework: 'Next.js',
    sockets: false,
    // What the build has made: Next cannot run within a test.
    async serve({ trustedProxies, portalUrl = '', appUrl = '' }, environment) {
      const app = await runMain(main, {
        ...environment,
        TRUSTED_PROXIES: trustedProxies,
        PORTAL_URL: portalUrl,
        APP_URL: appUrl,
        PORT: '0',
      });
      const [url] = /http:\S+/.exec(app.output()) ?? [];
      if (url === undefined) throw new Error(app.output());
      return { url, close: app.stop };
    },
    main,
  },
  { describe, it, afterAll },
);
