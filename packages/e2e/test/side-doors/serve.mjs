// An application with socket.io or ws beside it, in a process of its own, which prints its port.
import { createAuthenticator, keptDecision } from '@trusted-header/core';
import { Server } from 'socket.io';
import { WebSocketServer } from 'ws';
import { applications } from './applications.mjs';

const [framework = '', library] = process.argv.slice(2);
/** Names of identity headers that anybody got to see. */
const leaked = new Set();
const authenticator = createAuthenticator({ trustedProxies: '127.0.0.1', log: false });
const server = await applications[framework]?.(authenticator, look);
if (!server) throw new Error(`there is no application for ${framework}`);

if (library === 'ws') {
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, req) => {
    look(req);
    socket.send(userOf(req));
  });
} else {
  const io = new Server(server);
  io.engine.use((req, _res, next) => {
    look(req);
    next();
  });
  io.on('connection', (socket) => {
    look(socket.request);
    look(socket.handshake);
    socket.emit('you', userOf(socket.request));
  });
}
process.on('message', () => process.send?.([...leaked]));
server.listen(0, '127.0.0.1', () => process.send?.(Reflect.get(Object(server.address()), 'port')));

/** @param {{ headers: object }} seen */
function look({ headers, ...rest }) {
  const lines = Reflect.get(rest, 'rawHeaders') ?? [];
  for (const name of [...Object.keys(headers), ...lines]) {
    if (/^remote[-_.]/i.test(name) || name.includes('mallory')) leaked.add(name);
  }
}

/** @param {object} req */
function userOf(req) {
  const decision = keptDecision(req);
  return decision?.kind === 'authenticated' ? decision.identity.user : 'nobody';
}
