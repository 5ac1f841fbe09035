import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeAuthority, makeSelfSigned } from './own/make-certificate.mjs';
import { connectTls, connectTlsHttp2, startTlsServer, type TlsServer } from './tls-server.js';

const authority = makeAuthority('ours');
const stranger = makeAuthority('a stranger');
const GATEWAY = { names: [['dns', 'gateway.internal']] } as const;

const gateway = authority.issue({ ...GATEWAY, usage: 'client' });
const forged = stranger.issue({ ...GATEWAY, usage: 'client' });

const ways = [
  ['HTTP/1.1 over TLS 1.3', connectTls, {}],
  ['HTTP/1.1 over TLS 1.2', connectTls, { maxVersion: 'TLSv1.2' }],
  ['HTTP/2', connectTlsHttp2, {}],
] as const;

const options12 = { maxVersion: 'TLSv1.2' } as const;

let server: TlsServer;
beforeAll(async () => {
  server = await startTlsServer([authority.cert]);
});
afterAll(() => server.stop());

describe.each(ways)('over %s, a client certificate', (_, connect, options) => {
  async function told(certificate: { readonly cert: string; readonly key: string } | undefined) {
    const client = await connect(server, { ...options, ...certificate });
    const answer = await client.ask();
    client.close();
    return answer;
  }

  it('that the TLS layer has verified is told, with the port that it came from', async () => {
    const client = await connect(server, { ...options, cert: gateway.cert, key: gateway.key });
    const { certificate, error, port } = await client.ask();
    expect(certificate).toMatchObject({ commonName: 'localhost', dnsNames: ['gateway.internal'] });
    expect(certificate?.fingerprint?.replaceAll(':', '').toLowerCase()).toBe(gateway.fingerprint);
    expect([error, port]).toEqual([undefined, client.port]);
    client.close();
  });

  it.each([
    ['of another authority', forged, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['that has expired', authority.issue({ ...GATEWAY, to: '2021-01-01' }), 'CERT_HAS_EXPIRED'],
    [
      'that is not yet valid',
      authority.issue({ ...GATEWAY, from: '2045-01-01' }),
      'CERT_NOT_YET_VALID',
    ],
    ['that nobody has signed', makeSelfSigned(GATEWAY), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['for servers only', authority.issue({ ...GATEWAY, usage: 'server' }), 'INVALID_PURPOSE'],
  ])('%s is not told, but why', async (_name, certificate, error) => {
    const { cert, key } = certificate;
    expect(await told({ cert, key })).toEqual({ error, isReused: false, port: expect.any(Number) });
  });

  it('that is not there is nothing, and no error', async () => {
    expect(await told(undefined)).toEqual({ isReused: false, port: expect.any(Number) });
  });
});

describe.each(ways)('over %s, a session that is resumed', (_, connect, options) => {
  async function twice(certificate: { readonly cert: string; readonly key: string }) {
    const { cert, key } = certificate;
    const first = await connect(server, { ...options, cert, key });
    await first.ask();
    const session = first.session();
    first.close();
    if (!session) throw new Error('the server gave no session');
    const second = await connect(server, { ...options, session });
    const answer = await second.ask();
    second.close();
    return answer;
  }

  it('has the certificate of its first connection', async () => {
    const { isReused, certificate } = await twice(gateway);
    expect([isReused, certificate?.dnsNames]).toEqual([true, ['gateway.internal']]);
  });

  it('does not make a certificate good that was not', async () => {
    expect(await twice(forged)).toEqual({
      isReused: true,
      error: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      port: expect.any(Number),
    });
  });
});

describe('a connection that outlives what was true at its handshake', () => {
  it('is not believed once its certificate has expired', async () => {
    // Whole seconds, rounded down: between two and three seconds of life.
    const brief = authority.issue({ ...GATEWAY, to: new Date(Date.now() + 3_000).toISOString() });
    const client = await connectTls(server, { cert: brief.cert, key: brief.key });
    expect((await client.ask()).certificate?.dnsNames).toEqual(['gateway.internal']);
    await new Promise((passed) => setTimeout(passed, 3_100));
    expect(await client.ask()).toMatchObject({ error: 'CERT_HAS_EXPIRED' });
    expect((await client.ask()).certificate).toBeUndefined();
    client.close();
  });
});

describe('after a renegotiation with a certificate that could not be verified', () => {
  it('the new certificate is not believed, though Node 20 leaves authorized true', async () => {
    const client = await connectTls(server, { ...options12, cert: gateway.cert, key: gateway.key });
    expect((await client.ask()).certificate?.dnsNames).toEqual(['gateway.internal']);
    // What Node notes then; a client of Node cannot show another certificate.
    expect(await client.ask('fault:"CERT_REVOKED"')).toEqual({
      error: 'CERT_REVOKED',
      isReused: false,
      port: client.port,
    });
    expect((await client.ask()).certificate).toBeUndefined();
    client.close();
  });
});

describe('what the TLS layer notes of a certificate that it has not verified', () => {
  it.each([
    ['unauthorized', 'CERT_UNVERIFIED', 'nothing but that it is so'],
    ['fault:"CERT_REVOKED"', 'CERT_REVOKED', 'a code'],
    ['fault:{"code":"CERT_REVOKED"}', 'CERT_REVOKED', 'an error, as other versions do'],
    ['fault:{"code":7}', 'CERT_UNVERIFIED', 'an error without a code'],
    ['fault:"revoked, says\\nMallory"', 'CERT_UNVERIFIED', 'other words, which are not repeated'],
    ['fault:"CERT_REVOKED, says Mallory"', 'CERT_UNVERIFIED', 'a code and words'],
    ['fault:"Mallory says CERT_REVOKED"', 'CERT_UNVERIFIED', 'words and a code'],
    ['fault:["CERT_REVOKED"]', 'CERT_UNVERIFIED', 'a list'],
    ['fault:true', 'CERT_UNVERIFIED', 'something else'],
  ] as const)('as %s is told as %s: %s', async (how, error, _) => {
    const client = await connectTls(server, { cert: gateway.cert, key: gateway.key });
    expect(await client.ask(how)).toEqual({ error, isReused: false, port: client.port });
    client.close();
  });
});
