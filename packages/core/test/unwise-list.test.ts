import { describe, expect, it } from '@jest/globals';
import { type AuthenticatorOptions, createAuthenticator } from '../src/index.js';

function linesOf(trustedProxies: string | undefined, ...changes: string[]): string[] {
  return linesWith({}, trustedProxies, ...changes);
}

function linesWith(
  options: Partial<AuthenticatorOptions>,
  trustedProxies: string | undefined,
  ...changes: string[]
): string[] {
  const lines: string[] = [];
  const authenticator = createAuthenticator({
    trustedProxies,
    optional: true,
    log: (line) => void lines.push(line),
    ...options,
  });
  for (const change of changes) authenticator.setTrustedProxies(change);
  return lines;
}

describe('a list that is legal and dangerous is in the log at start (T7)', () => {
  it('says what a whole network of containers means, and what to write', () => {
    expect(linesOf('172.20.0.0/16')).toEqual([
      'trusted-header: trustedProxies: 172.20.0.0/16 holds 65536 addresses, as much as the pods of a cluster or a whole site: any of them can be anyone; give the proxy a static address and list that one alone; where every pod shares such a network, an address proves nothing',
    ]);
  });

  it.each([
    ['the address of a proxy', '172.20.0.2'],
    ['loopback, which is of this machine', '127.0.0.1'],
    ['a socket', 'unix:/run/app.sock'],
    ['nothing, where header login is off, beyond that', undefined],
  ])('says nothing of %s', (_why, list) => {
    const isUnwise = (line: string) => line.startsWith('trusted-header: trustedProxies:');
    expect(linesOf(list).filter(isUnwise)).toEqual([]);
  });

  it('says it of a list that is set later', () => {
    expect(linesOf('172.20.0.2', '172.17.0.1')).toEqual([
      'trusted-header: trustedProxies: 172.17.0.1 is the gateway of Docker’s default network (docker0): whoever comes from there can be anyone; give the proxy a static address and list that one alone',
    ]);
  });

  it('says it once of a list that is set again', () => {
    expect(linesOf('172.17.0.1', '172.17.0.1')).toHaveLength(1);
  });

  it('says it once of a list that is set again after header login was off', () => {
    expect(linesOf('172.17.0.1', '', '172.17.0.1')).toEqual([
      expect.stringContaining('trustedProxies: 172.17.0.1 is the gateway of'),
      expect.stringContaining('header login is off'),
      'trusted-header: header login is on: trustedProxies may name users',
    ]);
  });

  it('says it beside a proof, too, which makes up for a provider’s ranges alone', () => {
    const sharedSecret = {
      header: 'X-Proxy-Secret',
      values: ['secret-0123456789abcdefghijklmnop'],
    };
    const list = 'https://www.cloudflare.com/ips-v4 172.20.0.0/16';
    expect(linesWith({ sharedSecret }, list)).toEqual([
      expect.stringContaining('trustedProxies: 172.20.0.0/16 holds 65536 addresses'),
    ]);
  });

  it('says all of a few', () => {
    expect(linesOf('10.0.0.0/8 172.16.0.0/12 192.168.0.0/16')).toEqual([
      expect.stringContaining('10.0.0.0/8'),
      expect.stringContaining('172.16.0.0/12'),
      expect.stringContaining('192.168.0.0/16'),
    ]);
  });

  it('says a few, and how many more there are', () => {
    const lines = linesOf('10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fd00::/8 169.254.0.0/16');
    expect(lines).toHaveLength(4);
    expect(lines[3]).toBe(
      'trusted-header: trustedProxies: 2 more entries are as dangerous: see npx @trusted-header/cli audit',
    );
  });
});
