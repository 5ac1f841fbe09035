import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setInterval } from 'node:timers';
import { Server as TlsServer } from 'node:tls';
import type { TlsSettings } from '../view/app-settings.js';
import { readTls, type TlsFiles } from './read-tls.js';

const LOOK_EVERY_MS = 2_000;

/** How long connections of before live on once an authority has gone. */
const PATIENCE_MS = 5_000;

/**
 * Follows the files of a TLS server: once they have changed, new connections get the new certificate, and are verified with
 * the new authorities. Says so in a line. Does nothing without TLS.
 *
 * The files are looked at by their content, every two seconds, since Kubernetes swaps a link and no file. As long as they are no
 * certificate with its key, what was there before counts. An authority that has gone still vouches for the connections that it
 * has let in, and for those that are still shaking hands: where one goes, all of before are ended after their next response, and
 * after five seconds at the latest.
 */
export function followTls(server: Server | TlsServer, files: TlsFiles | undefined): void {
  if (files === undefined || !(server instanceof TlsServer)) return;
  const endEarlier = trackConnections(server);
  let current = readTls(files);
  let fault = '';

  const look = (): void => {
    try {
      const found = readTls(files);
      fault = '';
      if (isSame(found, current)) return;
      server.setSecureContext(found);
      if (hasGone(current.ca, found.ca)) endEarlier();
      current = found;
      console.log('TLS: the certificate or its authorities have changed, and count from now on');
    } catch (error) {
      const text = `TLS: what was read before still counts: ${error instanceof Error ? error.message : error}`;
      if (text !== fault) console.warn(text);
      fault = text;
    }
  };
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  server.once('close', () => clearInterval(timer));
}

function isSame(one: TlsSettings, other: TlsSettings): boolean {
  return one.cert.equals(other.cert) && one.key.equals(other.key) && one.ca.equals(other.ca);
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function hasGone(earlier: Buffer, now: Buffer): boolean {
  return (earlier.toString().match(CERTIFICATE) ?? []).some((one) => !now.includes(one));
}

/** Gives what ends the connections of before. */
function trackConnections(server: TlsServer): () => void {
  let open = new Set<Socket>();
  const ending = new WeakSet<Socket>();
  const track = (socket: Socket): void => {
    const among = open.add(socket);
    socket.once('close', () => among.delete(socket));
  };
  // From the first packet on: what begins the handshake before a change is verified with the authorities of before, however
  // late it ends.
  server.on('connection', track);
  server.on('secureConnection', track);
  server.prependListener('request', ({ socket }: IncomingMessage, res: ServerResponse) => {
    if (ending.has(socket)) res.setHeader('Connection', 'close');
  });
  return () => {
    const earlier = open;
    open = new Set();
    for (const socket of earlier) ending.add(socket);
    setTimeout(() => {
      for (const socket of earlier) socket.destroy();
    }, PATIENCE_MS).unref();
  };
}
