import { afterEach, describe, expect, it } from '@jest/globals';
import { makeAuthority } from './own/make-certificate.mjs';
import {
  connectTls,
  connectTlsHttp2,
  startTlsServer,
  type TlsClient,
  type TlsServer,
} from './tls-server.js';

/*
 * What an operator relies on who replaces an authority while the application runs. Where Node itself does otherwise than one would
 * think, the guide says what to do.
 */
const before = makeAuthority('the old one');
const after = makeAuthority('the new one');
const GATEWAY = { names: [['dns', 'gateway.internal']], usage: 'client' } as const;
const old = before.issue(GATEWAY);
const next = after.issue(GATEWAY);

const BELIEVED = ['gateway.internal'];

const ways = [
  ['HTTP/1.1 over TLS 1.3', connectTls, {}],
  ['HTTP/1.1 over TLS 1.2', connectTls, { maxVersion: 'TLSv1.2' }],
  ['HTTP/2', connectTlsHttp2, {}],
] as const;

const open: { close(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

async function start(more = ''): Promise<TlsServer> {
  const server = await startTlsServer([before.cert], more);
  open.push({ close: () => server.stop() });
  return server;
}

async function named(client: TlsClient): Promise<readonly string[] | undefined> {
  open.push(client);
  return (await client.ask()).certificate?.dnsNames;
}

describe.each(ways)('over %s, while authorities are replaced', (_, connect, options) => {
  const showing = ({ cert, key }: { readonly cert: string; readonly key: string }) => ({
    ...options,
    cert,
    key,
  });

  it('both count, and then the new one only, with no restart', async () => {
    const server = await start();
    expect(await named(await connect(server, showing(old)))).toEqual(BELIEVED);
    expect(await named(await connect(server, showing(next)))).toBeUndefined();

    await server.change({ ca: [before.cert, after.cert] });
    expect(await named(await connect(server, showing(old)))).toEqual(BELIEVED);
    expect(await named(await connect(server, showing(next)))).toEqual(BELIEVED);

    await server.change({ ca: [after.cert] });
    expect(await named(await connect(server, showing(old)))).toBeUndefined();
    expect(await named(await connect(server, showing(next)))).toEqual(BELIEVED);
  });

  it('fingerprints are replaced, also for connections and sessions that are there', async () => {
    const server = await start();
    const list = (...made: readonly { readonly fingerprint: string }[]) =>
      server.change({ fingerprints: made.map(({ fingerprint }) => fingerprint) });
    const verdict = async (client: TlsClient) => (await client.ask('verdict')).verdict;
    await server.change({ ca: [before.cert, after.cert] });
    const first = await connect(server, showing(old));
    const second = await connect(server, showing(next));
    open.push(first, second);
    const both = async () => [await verdict(first), await verdict(second)];

    expect(await both()).toEqual(['proof-invalid', 'proof-invalid']);
    await list(old);
    expect(await both()).toEqual(['authenticated', 'proof-invalid']);
    await list(old, next);
    expect(await both()).toEqual(['authenticated', 'authenticated']);
    await list(next);
    expect(await both()).toEqual(['proof-invalid', 'authenticated']);

    const resumed = await connect(server, { ...options, session: sessionOf(first) });
    open.push(resumed);
    expect(await resumed.ask('verdict')).toMatchObject({
      isReused: true,
      verdict: 'proof-invalid',
    });
  });

  it('a session of before is not resumed, so that its certificate is verified anew', async () => {
    const server = await start();
    const first = await connect(server, showing(old));
    await named(first);
    await server.change({ ca: [after.cert] });
    const again = await connect(server, { ...options, session: sessionOf(first) });
    open.push(again);
    expect(await again.ask()).toEqual({ isReused: false, port: again.port });
  });

  it('a connection of before keeps what was true at its handshake: the operator closes it', async () => {
    const server = await start();
    const first = await connect(server, showing(old));
    await named(first);
    await server.change({ ca: [after.cert] });
    expect(await named(first)).toEqual(BELIEVED);
  });
});

describe('a server with ticket keys that stay', () => {
  it('resumes sessions of an authority that it does not believe any more, until the keys are changed', async () => {
    const server = await start('ticketKeys: Buffer.alloc(48, 1)');
    const first = await connectTls(server, { cert: old.cert, key: old.key });
    await named(first);
    const session = sessionOf(first);
    await server.change({ ca: [after.cert] });

    // Node 20: `authorized` is what it was when the session began.
    const resumed = await connectTls(server, { session });
    open.push(resumed);
    expect(await resumed.ask()).toMatchObject({
      isReused: true,
      certificate: { dnsNames: BELIEVED },
    });

    await server.change({ ticketKeys: 2 });
    const again = await connectTls(server, { session });
    open.push(again);
    expect(await again.ask()).toEqual({ isReused: false, port: again.port });
  });
});

function sessionOf(client: TlsClient): Buffer {
  const session = client.session();
  if (!session) throw new Error('the server gave no session');
  return session;
}
