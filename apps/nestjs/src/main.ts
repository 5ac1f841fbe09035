import { openData, readDataSettings } from '@trusted-header/app-data';
import {
  announce,
  exitWithError,
  readEnvironment,
  stopOnSignal,
} from '@trusted-header/app-ui/start';
import { createApp } from './app.js';

try {
  const { port, host, settings } = readEnvironment(process.env);
  const data = await openData(readDataSettings(process.env));
  const app = await createApp(settings, data);
  const server = app.getHttpServer();
  announce('NestJS', server);
  stopOnSignal(server, data.close);
  await app.listen(port, host);
} catch (error) {
  exitWithError(error);
}
