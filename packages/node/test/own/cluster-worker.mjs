// An application that asks itself with the headers that it was given, in a worker of a cluster.
import http from 'node:http';
import { factsFromRequest, resolveWithNotice } from '@trusted-header/node';

const notice = [];
const log = (line) => notice.push(line);
const { authenticator } = resolveWithNotice({ trustedProxies: '127.0.0.1', log });
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
  process.send({ port: server.address().port, notice });
});
