import { createServer } from 'node:http';
import { afterAll, describe, it, jest } from '@jest/globals';
import { defineAppTests, listen } from '@trusted-header/app-ui/testing';
import { createApp } from '../src/app.js';

// Refusals are logged, and these tests are full of them.
jest.spyOn(console, 'warn').mockReturnValue();

defineAppTests(
  {
    framework: 'Koa',
    serve: (settings) => listen(createServer(createApp(settings).callback())),
    main: new URL('../dist/main.js', import.meta.url),
  },
  { describe, it, afterAll },
);
