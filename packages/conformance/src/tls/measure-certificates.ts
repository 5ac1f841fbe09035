import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import type { NetConnectOpts } from 'node:net';
import { text } from 'node:stream/consumers';
import { startServer } from '../run/start-server.js';
import type { ConformanceTarget } from '../target.js';
import { connect } from '../wire/connect.js';
import { encodeRequest } from '../wire/encode-request.js';
import { type ClientCertificate, clientCertificate } from './client-certificates.js';

/** The versions of HTTP over which certificates are shown. */
export type HttpVersion = 'HTTP/1.1' | 'HTTP/2';

const PROXY = '127.0.0.1';

const OPTIONS = {
  trustedProxies: [PROXY],
  clientCertificate: { names: ['gateway.internal'] },
};

type Ask = (
  where: NetConnectOpts,
  certificate: Partial<ReturnType<typeof clientCertificate>>,
) => Promise<string>;

/**
 * Shows each of these certificates to a target, one connection each, beside `Remote-User: alice`.
 *
 * @param kinds Undefined: no certificate.
 * @returns Whom the handler saw, or the code of the problem.
 */
export async function measureCertificates(
  target: ConformanceTarget,
  version: HttpVersion,
  kinds: readonly (ClientCertificate | undefined)[],
): Promise<readonly string[]> {
  const isHttp2 = version === 'HTTP/2';
  const listener = isHttp2 ? 'tls-http2' : 'tls';
  const server = await startServer(target, { options: OPTIONS, listener });
  const ask = isHttp2 ? askHttp2 : askHttp1;
  const verdicts: string[] = [];
  try {
    for (const kind of kinds) {
      const certificate = kind === undefined ? {} : clientCertificate(kind);
      verdicts.push(verdictOf(await ask(server.whereFrom(PROXY), certificate)));
    }
  } finally {
    await server.close();
  }
  return verdicts;
}

const askHttp1: Ask = async (where, certificate) => {
  const connection = await connect(where, certificate);
  connection.write(encodeRequest({ lines: ['Remote-User: alice'] }, []));
  const { body } = await connection.read(false);
  connection.close();
  return body;
};

const askHttp2: Ask = async (where, certificate) => {
  const port = 'port' in where ? where.port : 0;
  const client = connectHttp2(`https://${PROXY}:${port}`, {
    ...where,
    ...certificate,
    rejectUnauthorized: false,
  });
  const stream = client.request({ ':path': '/whoami', 'remote-user': 'alice' });
  await once(stream, 'response');
  const body = await text(stream);
  client.destroy();
  return body;
};

/** What the handler answered with, or the problem (D2). */
function verdictOf(body: string): string {
  const { identity, code }: { identity?: { user?: unknown } | null; code?: unknown } =
    JSON.parse(body);
  return String(identity?.user ?? code);
}
