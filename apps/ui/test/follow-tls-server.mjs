// An HTTPS server that follows its files and says of each connection whether its certificate was verified. It makes them in a
// folder, and beside them a certificate for a gateway, and an authority to come.
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
// biome-ignore lint/style/noRestrictedImports: no package makes certificates, since only tests need them.
import { makeAuthority } from '../../../packages/node/test/own/make-certificate.mjs';
import { followTls } from '../dist/start/index.js';

const inFolder = (name) => join(process.argv[2], name);
const authority = makeAuthority('earlier');
const own = authority.issue();
const gateway = authority.issue({ subject: { commonName: ['gateway'] } });
const texts = {
  'tls.crt': own.cert,
  'tls.key': own.key,
  'ca.crt': authority.cert,
  'gateway.crt': gateway.cert,
  'gateway.key': gateway.key,
  'later-ca.crt': makeAuthority('later').cert,
};
for (const [name, text] of Object.entries(texts)) writeFileSync(inFolder(name), text);

const files = {
  cert: inFolder('tls.crt'),
  key: inFolder('tls.key'),
  clientCa: inFolder('ca.crt'),
};
const server = createServer(
  {
    cert: readFileSync(files.cert),
    key: readFileSync(files.key),
    ca: readFileSync(files.clientCa),
    requestCert: true,
    rejectUnauthorized: false,
  },
  ({ socket }, response) => response.end(`verified: ${socket.authorized}`),
);
followTls(server, files);
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
