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
  const server = createApp(settings, data);
  announce('Hono', server);
  stopOnSignal(server, data.close);
  server.listen(port, host);
} catch (error) {
  exitWithError(error);
}
