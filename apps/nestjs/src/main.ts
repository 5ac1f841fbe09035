import { openData, readDataSettings } from '@trusted-header/app-data';
import {
  announce,
  exitWithError,
  followTls,
  readEnvironment,
  stopOnSignal,
} from '@trusted-header/app-ui/start';
import { createApp } from './app.js';

try {
  const { port, host, settings, tlsFiles } = readEnvironment(process.env);
  const data = await openData(readDataSettings(process.env));
  const app = await createApp(settings, data);
  const server = app.getHttpServer();
  announce('NestJS', server);
  stopOnSignal(server, data.close);
  followTls(server, tlsFiles);
  await app.listen(port, host);
} catch (error) {
  exitWithError(error);
}
