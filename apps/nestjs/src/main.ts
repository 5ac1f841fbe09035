import { announce, exitWithError, readEnvironment } from '@trusted-header/app-ui/start';
import { createApp } from './app.js';

try {
  const { port, host, settings } = readEnvironment(process.env);
  const app = await createApp(settings);
  announce('NestJS', app.getHttpServer());
  await app.listen(port, host);
} catch (error) {
  exitWithError(error);
}
