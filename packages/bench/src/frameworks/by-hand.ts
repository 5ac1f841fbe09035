import proxyAddr from 'proxy-addr';

/** What is written in the place of a library: the peer is the proxy, the user is there, and nothing else is asked. */
export interface HandMadeUser {
  readonly user: string;
  readonly groups: readonly string[];
  readonly name: string | undefined;
  readonly email: string | undefined;
}

const isTrusted = proxyAddr.compile(['127.0.0.1']);

/** Tells whether a connection comes from the proxy. */
export function isProxy(address: string | undefined): boolean {
  return address !== undefined && isTrusted(address, 0);
}

/** Reads the user by what the framework has for reading a header; undefined for nobody. */
export function readUser(header: (name: string) => string | undefined): HandMadeUser | undefined {
  const user = header('remote-user');
  if (user === undefined || user === '') return undefined;
  return {
    user,
    groups: (header('remote-groups') ?? '')
      .split(',')
      .map((group) => group.trim())
      .filter((group) => group !== ''),
    name: header('remote-name'),
    email: header('remote-email'),
  };
}
