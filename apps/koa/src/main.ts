import { announce, exitWithError, readEnvironment } from '@trusted-header/app-ui/start';
import { createApp } from './app.js';

try {
  const { port, host, settings } = readEnvironment(process.env);
  const app = createApp(settings);
  announce('Koa', app.listen(port, host));
} catch (error) {
  exitWithError(error);
}
