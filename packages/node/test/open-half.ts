import { connect } from 'node:net';

/** Asks for an upgrade, reads the answer, and keeps its side of the connection open. */
export function openHalf(port: number): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  socket.unref();
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\nHost: app\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
  return new Promise((answered) => socket.once('data', (bytes) => answered(String(bytes))));
}
