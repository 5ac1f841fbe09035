import { serve } from '@hono/node-server';
import { announce, exitWithError, readEnvironment } from '@trusted-header/app-ui/start';
import { createApp } from './app.js';

try {
  const { port, host, settings } = readEnvironment(process.env);
  const app = createApp(settings);
  announce('Hono', serve({ fetch: app.fetch, port, hostname: host }));
} catch (error) {
  exitWithError(error);
}
