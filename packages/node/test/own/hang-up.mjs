// A server in another process that hangs up.
import net from 'node:net';

const server = net.createServer((socket) => socket.on('error', () => undefined).end());
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
