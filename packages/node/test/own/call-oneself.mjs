// Calls its own servers by every client of Node, and prints what was decided about each request: JSON, by client.
import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import { networkInterfaces } from 'node:os';
import tls from 'node:tls';
import { createAuthenticator } from '@trusted-header/core';
import { factsFromRequest } from '@trusted-header/node';
import { selfSigned } from './self-signed.mjs';

// Only the certificate of this very file is at the other end.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
process.removeAllListeners('warning');

const trustedProxies = ['127.0.0.0/8', '::1'];
const authenticator = createAuthenticator({ trustedProxies, log: false });
const headers = { 'remote-user': 'root' };

const hasIPv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);
const HOSTS = hasIPv6 ? ['localhost', '127.0.0.1', '::1'] : ['localhost', '127.0.0.1'];

const handler = (req, res) => {
  const decision = authenticator.authenticate(factsFromRequest(req));
  res.end(decision.kind === 'refused' ? decision.reason : `${decision.kind}!`);
};
const pem = selfSigned();
const ports = {
  http: await listen(http.createServer(handler)),
  https: await listen(https.createServer(pem, handler)),
  http2: await listen(http2.createServer(handler)),
  http2s: await listen(http2.createSecureServer(pem, handler)),
};

async function listen(server) {
  server.listen(0, hasIPv6 ? '::' : '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
}

/** Every client, as a function from a host to what one or two requests on one connection were answered. */
const CLIENTS = {
  'http.get': async (host) => [await answer(http.get({ host, port: ports.http, headers }))],
  'http.get, agent: false': async (host) => [
    await answer(http.get({ host, port: ports.http, headers, agent: false })),
  ],
  'http.request, kept alive': (host) => twice(http, host, ports.http),
  'https.get': async (host) => [await answer(https.get({ host, port: ports.https, headers }))],
  'https.get, agent: false': async (host) => [
    await answer(https.get({ host, port: ports.https, headers, agent: false })),
  ],
  'https.request, kept alive': (host) => twice(https, host, ports.https),
  'http2.connect': (host) => overHttp2(http2.connect(`http://${inUrl(host)}:${ports.http2}`)),
  'http2.connect, TLS': (host) =>
    overHttp2(http2.connect(`https://${inUrl(host)}:${ports.http2s}`)),
  fetch: (host) => fetchTwice(`http://${inUrl(host)}:${ports.http}/`),
  'fetch, TLS': (host) => fetchTwice(`https://${inUrl(host)}:${ports.https}/`),
  'net.connect': (host) => raw(net.connect(ports.http, host)),
  'net.createConnection': (host) => raw(net.createConnection({ host, port: ports.http })),
  'new net.Socket': (host) => raw(new net.Socket().connect(ports.http, host)),
  'tls.connect': (host) => raw(tls.connect({ host, port: ports.https })),
  'tls.connect over a socket': (host) =>
    raw(tls.connect({ socket: net.connect(ports.https, host) })),
  'new tls.TLSSocket': (host) => raw(new tls.TLSSocket(net.connect(ports.https, host))),
};

async function answer(request) {
  const [response] = await once(request, 'response');
  return await textOf(response);
}

async function textOf(stream) {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}

async function twice({ request, Agent }, host, port) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answers = [];
  for (const isReused of [false, true]) {
    const asked = request({ host, port, headers, agent }).end();
    answers.push(await answer(asked));
    if (asked.reusedSocket !== isReused) throw new Error('The connection was not kept');
    // The agent has the connection back in the next turn.
    await new Promise(setImmediate);
  }
  agent.destroy();
  return answers;
}

async function overHttp2(session) {
  const answers = [];
  for (let i = 0; i < 2; i++)
    answers.push(await textOf(session.request({ ':path': '/', ...headers })));
  session.destroy();
  return answers;
}

async function fetchTwice(url) {
  const answers = [];
  for (let i = 0; i < 2; i++) answers.push(await (await fetch(url, { headers })).text());
  return answers;
}

async function raw(socket) {
  const request = (connection) =>
    `GET / HTTP/1.1\r\nHost: a\r\nConnection: ${connection}\r\nRemote-User: root\r\n\r\n`;
  socket.write(request('keep-alive'));
  socket.write(request('close'));
  return (await textOf(socket)).match(/peer-[a-z]+|[a-z]+!/g) ?? [];
}

function inUrl(host) {
  return host.includes(':') ? `[${host}]` : host;
}

const seen = {};
for (const [client, call] of Object.entries(CLIENTS)) {
  seen[client] = {};
  for (const host of HOSTS) seen[client][host] = (await call(host)).join(' ');
}
process.stdout.write(JSON.stringify(seen), () => process.exit());
