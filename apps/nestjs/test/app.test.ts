import { afterAll, describe, it, jest } from '@jest/globals';
import { defineAppTests } from '@trusted-header/app-ui/testing';
import { createApp } from '../src/app.js';

// Refusals are logged, and these tests are full of them.
jest.spyOn(console, 'warn').mockReturnValue();

defineAppTests(
  {
    framework: 'NestJS',
    async createServer(settings) {
      const app = await createApp(settings);
      await app.init();
      return app.getHttpServer();
    },
    main: new URL('../dist/main.js', import.meta.url),
  },
  { describe, it, afterAll },
);
