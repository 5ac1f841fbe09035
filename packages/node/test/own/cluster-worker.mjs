// An application that asks itself with the headers that it was given, in a worker of a cluster.
import http from 'node:http';
import { createAuthenticator } from '@trusted-header/core';
import { factsFromRequest } from '@trusted-header/node';
import { unseenConnections } from '../../dist/own-connections-notice.js';

const authenticator = createAuthenticator({ trustedProxies: '127.0.0.1', log: false });
const server = http.createServer(async (req, res) => {
  if (req.url === '/deputy') {
    const headers = { 'remote-user': 'root', connection: 'close' };
    const { port } = server.address();
    http.get({ port, host: '127.0.0.1', headers, agent: false }, (answer) => answer.pipe(res));
    return;
  }
  const decision = authenticator.authenticate(factsFromRequest(req));
  res.end(decision.kind === 'refused' ? decision.reason : decision.kind);
});
server.listen(0, '127.0.0.1', () => {
  process.send({ port: server.address().port, notice: unseenConnections() });
});
