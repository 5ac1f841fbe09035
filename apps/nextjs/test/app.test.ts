import { afterAll, describe, expect, it, jest } from '@jest/globals';
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

it('does not pass over that a certificate is asked for: next start speaks no TLS', async () => {
  const app = await runMain(main, { TRUSTED_PROXIES: '127.0.0.1', PROXY_CERT_NAMES: 'gateway' });
  expect(app.exitCode()).toBe(1);
  expect(app.output()).toMatch(
    /^ {2}PROXY_CERT_NAMES: "gateway" is about TLS, which next start does not speak; /m,
  );
});
