import { networkInterfaces } from 'node:os';
import { expect, it } from '@jest/globals';
import { run } from './in-process.js';

const hasIPv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);

// Other versions of Node: `pnpm test:runtimes`.
it('a process that calls itself is its own peer, whatever the client, to a name or an address, on a new connection or a used one', async () => {
  const { stdout } = await run(['test/own/call-oneself.mjs']);
  const once = everywhere('peer-self');
  const twice = everywhere('peer-self peer-self');
  expect(JSON.parse(stdout)).toEqual({
    'http.get': once,
    'http.get, agent: false': once,
    'http.request, kept alive': twice,
    'https.get': once,
    'https.get, agent: false': once,
    'https.request, kept alive': twice,
    'http2.connect': twice,
    'http2.connect, TLS': twice,
    fetch: twice,
    'fetch, TLS': twice,
    'net.connect': twice,
    'net.createConnection': twice,
    'new net.Socket': twice,
    'tls.connect': twice,
    'tls.connect over a socket': twice,
    'new tls.TLSSocket': twice,
  });
});

/** By host. A machine without IPv6 has no `::1`. */
function everywhere(decided: string): Readonly<Record<string, string>> {
  const hosts = { localhost: decided, '127.0.0.1': decided };
  return hasIPv6 ? { ...hosts, '::1': decided } : hosts;
}
