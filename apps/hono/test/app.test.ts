import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { afterAll, describe, it, jest } from '@jest/globals';
import { defineAppTests, listen } from '@trusted-header/app-ui/testing';
import { createApp } from '../src/app.js';

// Refusals are logged, and these tests are full of them.
jest.spyOn(console, 'warn').mockReturnValue();

defineAppTests(
  {
    framework: 'Hono',
    serve: (settings) => listen(createServer(getRequestListener(createApp(settings).fetch))),
    main: new URL('../dist/main.js', import.meta.url),
  },
  { describe, it, afterAll },
);
