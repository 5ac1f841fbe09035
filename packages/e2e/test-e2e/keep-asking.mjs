// Asks over one connection until the server ends it, every 100 ms, and prints what came: the time and the status.
// node keep-asking.mjs <address> <port> <file with certificate and key>
import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';

const [address, port, file] = process.argv.slice(2);
const pem = readFileSync(file);
const socket = connect({
  host: address,
  port: Number(port),
  cert: pem,
  key: pem,
  rejectUnauthorized: false,
});
const ask = () =>
  socket.write('GET /whoami HTTP/1.1\r\nHost: app.localhost\r\nRemote-User: john\r\n\r\n');
socket.once('secureConnect', ask);
socket.setEncoding('utf8').on('data', (text) => {
  const status = /^HTTP\/1\.1 (\d+)/.exec(text)?.[1];
  if (!status) return;
  console.log(`${Date.now()} ${status}`);
  setTimeout(ask, 100);
});
socket.once('error', () => {});
socket.once('close', () => {
  console.log(`${Date.now()} closed`);
  process.exit();
});
