import { afterAll, describe, it, jest } from '@jest/globals';
import { defineAppTests, listen } from '@trusted-header/app-ui/testing';
import { createApp } from '../src/app.js';

// Refusals are logged, and these tests are full of them.
jest.spyOn(console, 'warn').mockReturnValue();

defineAppTests(
  {
    framework: 'NestJS',
    async serve(settings) {
      const app = await createApp(settings);
      await app.init();
      return listen(app.getHttpServer());
    },
    main: new URL('../dist/main.js', import.meta.url),
  },
  { describe, it, afterAll },
);
