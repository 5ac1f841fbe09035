import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Destination } from './protocol.js';

const PATIENCE_MS = 5_000;

/** Opens a TCP or TLS connection. The certificate is this run's own, so that nobody has signed it. */
export async function openConnection(
  { address, port, localPort, tls, certificate }: Destination,
  protocols: readonly string[],
): Promise<Socket> {
  const where = { host: address, port, ...(localPort !== undefined && { localPort }) };
  const tcp = connectTcp({ ...where, noDelay: true });
  tcp.setTimeout(PATIENCE_MS, () => tcp.destroy(new Error('nobody answers')));
  await once(tcp, 'connect');
  tcp.setTimeout(0);
  if (tls === undefined) return tcp;
  const secure = connectTls({
    socket: tcp,
    servername: tls,
    ALPNProtocols: [...protocols],
    rejectUnauthorized: false,
    ...certificate,
  });
  await once(secure, 'secureConnect');
  return secure;
}
