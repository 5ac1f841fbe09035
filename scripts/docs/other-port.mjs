// For `node --import`: a server that would listen on port 3000 takes a free one of the loopback, and says which.
import { Server } from 'node:net';

const { listen } = Server.prototype;

Server.prototype.listen = function listenElsewhere(where, ...rest) {
  const port = typeof where === 'object' ? where.port : where;
  if (port !== 3000) return listen.call(this, where, ...rest);
  this.once('listening', () => console.log(`listens on ${this.address().port}`));
  const onListening = rest.find((one) => typeof one === 'function');
  return listen.call(this, { port: 0, host: '127.0.0.1' }, onListening);
};
