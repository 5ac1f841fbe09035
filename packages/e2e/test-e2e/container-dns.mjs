// Answers as Docker's server of names does, for the containers of one network: IPv4, and 600 seconds as the time to live.
// node container-dns.mjs <address> <file>
// The file is read for each question: { "proxy": "10.77.2.2" }
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';

const [address, file] = process.argv.slice(2);
const TTL = 600;
const A = 1;
const NXDOMAIN = 3;
const HEADER_BYTES = 12;

const socket = createSocket('udp4');
socket.on('message', (message, from) => socket.send(answerTo(message), from.port, from.address));
socket.bind(53, address, () => console.log('answers'));

/** RFC 1035 section 4.1. */
function answerTo(message) {
  const { name, type, end } = questionIn(message);
  const known = JSON.parse(readFileSync(file, 'utf8'))[name];
  const records = known && type === A ? [recordOf(known)] : [];
  const header = Buffer.from(message.subarray(0, HEADER_BYTES));
  // A response, and recursion is available.
  header.writeUInt16BE(0x8180 | (known ? 0 : NXDOMAIN), 2);
  [1, records.length, 0, 0].forEach((count, i) => {
    header.writeUInt16BE(count, 4 + 2 * i);
  });
  return Buffer.concat([header, message.subarray(HEADER_BYTES, end), ...records]);
}

function questionIn(message) {
  const labels = [];
  let at = HEADER_BYTES;
  for (let size = message[at]; size > 0; size = message[at]) {
    labels.push(message.toString('latin1', at + 1, at + 1 + size));
    at += 1 + size;
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

/** Of the name that was asked for. */
function recordOf(ipv4) {
  const record = Buffer.alloc(16);
  record.writeUInt16BE(0xc000 | HEADER_BYTES, 0);
  record.writeUInt16BE(A, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt32BE(TTL, 6);
  record.writeUInt16BE(4, 10);
  record.set(ipv4.split('.').map(Number), 12);
  return record;
}
