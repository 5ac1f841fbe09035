import { afterAll, describe, it } from '@jest/globals';
import { defineAppTests, runMain } from '@trusted-header/app-ui/testing';

const main = new URL('../dist/main.js', import.meta.url);

defineAppTests(
  {
    framework: 'Next.js',
    // What the build has made: Next cannot run within a test.
    async serve({ trustedProxies, portalUrl = '', appUrl = '' }) {
      const app = await runMain(main, {
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
