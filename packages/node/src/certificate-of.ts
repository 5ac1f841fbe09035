import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type CertificateFacts, createSlot } from '@trusted-header/core';
import { getBuiltinModule } from './builtin.js';
import { isNode } from './check-runtime.js';
import { codeOf } from './code-of.js';
import { dateFault, type ReadCertificate, readCertificate } from './read-certificate.js';

/** What is known of the client certificate of a connection. */
export interface ConnectionCertificate {
  /** Gives what it says, if the TLS layer has verified it, and its time is not over. */
  believed(): CertificateFacts | undefined;
  /** Why it is not believed; undefined where none was sent. */
  fault(): string | undefined;
}

/** By connection: a certificate is read once, also for sessions that are resumed, which Node keeps it for. */
const certificates = createSlot<ReadCertificate>();

const UNVERIFIED = 'CERT_UNVERIFIED';

/** Codes of OpenSSL; whatever else stands there came from somewhere else. */
const CODE = /^[A-Z][A-Z0-9_]{2,59}$/;

/**
 * Gives the client certificate of an accepted TLS connection, over HTTP/1 or HTTP/2. Undefined for any other connection, and on
 * runtimes that do not tell of certificates as Node does.
 *
 * It is believed only where Node has verified it (`authorized`) *and* has found no fault since (`authorizationError`): after a
 * renegotiation, which TLS 1.2 lets a client begin, Node 20 gives the new certificate, notes that it could not be verified, and
 * leaves `authorized` true. Its dates are looked at each time, since a connection may outlive them.
 */
export function certificateOf(socket: Socket): ConnectionCertificate | undefined {
  if (!isTls(socket)) return undefined;
  return {
    believed: () => {
      const read = isVerified(socket) ? certificateIn(socket) : undefined;
      return read && dateFault(read) === undefined ? read.facts : undefined;
    },
    fault: () => {
      const read = certificateIn(socket);
      if (!read) return undefined;
      return isVerified(socket) ? dateFault(read) : faultOf(socket);
    },
  };
}

/** The class of sockets that speak TLS, from when it is first needed. */
let tlsSocket: typeof TLSSocket | undefined;

/** Takes it, so that nobody can have replaced it when the first certificate comes. */
export function expectCertificates(): typeof TLSSocket {
  tlsSocket ??= getBuiltinModule('node:tls').TLSSocket;
  return tlsSocket;
}

/** Whatever calls itself encrypted must be one of Node's; a socket that does not has no certificate to tell. */
function isTls(socket: Socket): socket is TLSSocket {
  if (!('encrypted' in socket) || socket.encrypted !== true) return false;
  return isNode() && socket instanceof expectCertificates();
}

function isVerified(socket: TLSSocket): boolean {
  return socket.authorized === true && !socket.authorizationError;
}

function certificateIn(socket: TLSSocket): ReadCertificate | undefined {
  const earlier = certificates.get(socket);
  if (earlier) return earlier;
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return undefined;
  const read = readCertificate(certificate);
  // One that is not verified is not kept: what comes after it may be.
  if (isVerified(socket)) certificates.set(socket, read);
  return read;
}

/** A text, whatever its type says; an Error with a code in some versions. */
function faultOf(socket: TLSSocket): string {
  const told: unknown = socket.authorizationError;
  const code = codeOf(told) ?? told;
  return typeof code === 'string' && CODE.test(code) ? code : UNVERIFIED;
}
