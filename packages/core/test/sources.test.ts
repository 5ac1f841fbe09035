import { afterEach, describe, expect, it } from '@jest/globals';
import {
  compilePolicy,
  compileTrust,
  createAuthenticator,
  type RequestFacts,
} from '../src/index.js';

const CLAIM = ['Remote-User', 'john'];

/** Decides, and gives what was logged as well. */
function decide(trustedProxies: string, facts: Omit<RequestFacts, 'rawHeaders'>) {
  const lines: string[] = [];
  const authenticator = createAuthenticator({ trustedProxies, log: (line) => lines.push(line) });
  return { decision: authenticator.authenticate({ rawHeaders: CLAIM, ...facts }), lines };
}

describe('Unix listeners (T5)', () => {
  it.each([
    ['unix:/tmp/x.sock', '/tmp//x.sock', 'listen() keeps two slashes'],
    ['unix:/tmp/x.sock', '/tmp/./x.sock', 'a segment that is none'],
    ['unix:/tmp/x.sock', '/run/../tmp/x.sock', 'a way round'],
    ['unix:/tmp//x.sock', '/tmp/x.sock', 'the entry may have them as well'],
    ['unix:/run/../tmp/./x.sock', '/tmp/x.sock', 'or go round'],
    ['unix:/x.sock', '/../x.sock', 'nothing is above the root'],
    ['unix:fd', 'fd', 'a listener that came as a descriptor'],
  ])('trusts, for %s, the listener %s: %s', (entry, unixSocket) => {
    expect(compileTrust(entry).hasUnixSocket(unixSocket)).toBe(true);
    expect(decide(entry, { peer: undefined, unixSocket }).decision).toMatchObject({
      kind: 'authenticated',
    });
  });

  it.each([
    ['unix:/tmp/x.sock', 'tmp/x.sock', 'a relative path is made absolute before it gets here'],
    ['unix:/tmp/x.sock', '/tmp/X.sock', 'another name'],
    ['unix:/tmp/x.sock', '/tmp/x.sock\0', 'a name that C ends earlier'],
    ['unix:/tmp/x.sock', '\0/tmp/x.sock', 'an abstract socket'],
    ['unix:/tmp/x.sock', 'fd', 'a descriptor is no path'],
    ['unix:fd', '/fd', 'and a path no descriptor'],
    ['unix:/fd', 'fd', 'the other way round'],
    ['127.0.0.1', 'fd', 'an address is no socket'],
  ])('does not trust, for %s, the listener %j: %s', (entry, unixSocket) => {
    expect(compileTrust(entry).hasUnixSocket(unixSocket)).toBe(false);
  });

  it('names the listener in the line, so that the entry can be copied', () => {
    const { decision, lines } = decide('10.0.0.1', { peer: undefined, unixSocket: '/tmp//x.sock' });
    expect(decision).toEqual({
      kind: 'refused',
      reason: 'peer-untrusted',
      detail: 'unix:/tmp//x.sock',
    });
    expect(lines).toEqual([
      'trusted-header: identity headers came over a Unix socket that is not in trustedProxies; if your proxy connects there, add unix:/tmp//x.sock',
    ]);
  });

  it('prints no path that is none', () => {
    const { lines } = decide('10.0.0.1', { peer: undefined, unixSocket: '/tmp/\u001b[2J' });
    expect(lines[0]).toMatch(/add unix: and its path$/);
  });
});

describe('an address that was put on the socket (T9)', () => {
  it('is not believed, even if it is the proxy’s, and the line says so', () => {
    const { decision, lines } = decide('10.0.0.1', { peer: '10.0.0.1', redefinedPeer: true });
    expect(decision).toMatchObject({ kind: 'refused', reason: 'peer-unparsable' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^trusted-header: identity headers came over a connection whose remoteAddress has been redefined in this process/,
    );
  });
});

describe('what a test can do about it', () => {
  it.each([
    [
      'a test that names an address which is not trusted',
      { peer: '10.0.0.9', fromTest: true },
      'asUser of a test names 10.0.0.9 as the proxy, which is not in trustedProxies; give it one that is, asUser(…, { peer }), or the application the address',
    ],
    [
      'a test that calls the application without a server',
      { peer: undefined },
      'identity headers came over a connection without a source address; in a test that calls the application without a server, name the user by asUser of @trusted-header/testing; elsewhere the client has hung up, or this runtime hides the address',
    ],
    [
      'a test under a runner that nobody knows',
      { peer: '10.0.0.1', self: true },
      'this process sent identity headers to itself; do not forward the headers of a request: drop those for which isIdentityHeader is true; in a test, name the user by asUser of @trusted-header/testing',
    ],
  ])('stands in the line about %s', (_, facts, line) => {
    expect(decide('10.0.0.1', facts).lines).toEqual([`trusted-header: ${line}`]);
  });

  it('stands in the decision as well', () => {
    expect(decide('10.0.0.1', { peer: '10.0.0.9', fromTest: true }).decision).toEqual({
      kind: 'refused',
      reason: 'peer-untrusted',
      peer: '10.0.0.9',
      detail: 'named by asUser of a test',
    });
  });

  it('is said of tests only', () => {
    const { decision, lines } = decide('10.0.0.1', { peer: '10.0.0.9', fromTest: false });
    expect(decision).toEqual({ kind: 'refused', reason: 'peer-untrusted', peer: '10.0.0.9' });
    expect(lines).toEqual([
      'trusted-header: peer 10.0.0.9 sent identity headers but is not in trustedProxies; if it is your proxy, add 10.0.0.9',
    ]);
  });

  it('is nothing where the address is trusted, or is none', () => {
    expect(decide('10.0.0.1', { peer: '10.0.0.1', fromTest: true }).decision.kind).toBe(
      'authenticated',
    );
    expect(decide('10.0.0.1', { peer: 'proxy', fromTest: true }).decision).toEqual({
      kind: 'refused',
      reason: 'peer-unparsable',
    });
  });
});

describe('a polluted Object.prototype', () => {
  afterEach(() => {
    for (const name of ['unixSocket', 'peer', 'groups']) {
      Reflect.deleteProperty(Object.prototype, name);
    }
  });

  it.each([
    ['unixSocket', '/run/app.sock'],
    ['peer', '10.0.0.1'],
  ])('makes no peer a proxy: %s', (name, value) => {
    const authenticator = createAuthenticator({
      trustedProxies: '10.0.0.1 unix:/run/app.sock',
      log: false,
    });
    Object.defineProperty(Object.prototype, name, { value, configurable: true });
    expect(authenticator.authenticate({ peer: '10.9.9.9', rawHeaders: CLAIM }).kind).toBe(
      'refused',
    );
    expect(authenticator.authenticate(Object.assign({ rawHeaders: CLAIM })).kind).toBe('refused');
  });

  it('puts nobody into a group', () => {
    const policy = compilePolicy({ groups: { anyOf: ['admin'] } });
    Object.defineProperty(Object.prototype, 'groups', { value: ['admin'], configurable: true });
    expect(policy({ user: 'john' }).kind).toBe('denied');
    expect(policy({ user: 'john', groups: ['admin'] }).kind).toBe('allowed');
  });
});
