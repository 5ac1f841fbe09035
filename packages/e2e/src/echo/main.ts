import { announce, exitWithError, readEnvironment } from '@trusted-header/app-ui/start';
import { createEchoServer } from './create-echo-server.js';

try {
  const { port, host, settings } = readEnvironment(process.env);
  const server = createEchoServer(settings, (user) => console.log(`believed: ${user}`));
  announce('echo', server);
  server.listen(port, host);
} catch (error) {
  exitWithError(error);
}
