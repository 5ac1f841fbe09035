import { afterAll, describe, it, jest } from '@jest/globals';
import { openData, readDataSettings } from '@trusted-header/app-data';
import { defineAppTests, listen } from '@trusted-header/app-ui/testing';
import { createApp } from '../src/app.js';

// Refusals are logged, and these tests are full of them.
jest.spyOn(console, 'warn').mockReturnValue();

defineAppTests(
  {
    framework: 'NestJS',
    sockets: true,
    async serve(settings, environment) {
      const data = await openData(readDataSettings(environment), () => undefined);
      const app = await createApp(settings, data);
      await app.init();
      const { url, close } = await listen(app.getHttpServer());
      return { url, close: () => close().then(data.close) };
    },
    main: new URL('../dist/main.js', import.meta.url),
  },
  { describe, it, afterAll },
);
