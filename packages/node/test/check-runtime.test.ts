import { describe, expect, it } from '@jest/globals';
import { createAuthenticator } from '@trusted-header/core';
import { checkCertificates, checkRuntime } from '../src/check-runtime.js';

describe('the runtime of an adapter for Node (A8)', () => {
  it.each([
    ['Node', { node: '20.20.0' }],
    ['Bun', { node: '24.3.0', bun: '1.4.0' }],
    ['a later Bun', { node: '24.3.0', bun: '1.10.2' }],
    ['the next Bun', { node: '24.3.0', bun: '2.0.0' }],
    ['Deno', { node: '24.2.0', deno: '2.9.6' }],
    ['a Bun that is tried out', { bun: '1.4.1-canary.5+abc' }],
  ])('may be %s', (_, versions) => {
    expect(() => checkRuntime(versions)).not.toThrow();
  });

  it.each([
    ['bun', '1.2.0', 'tells no source address'],
    ['bun', '1.3.14', 'is not tried'],
    ['deno', '2.2.0', 'has no list of header lines'],
    ['deno', '2.5.0', 'tells no source address'],
    ['deno', '1.46.3', 'is older'],
    ['bun', 'unreadable', 'is not known'],
  ])('is refused at start if it is %s %s, which %s', (name, version) => {
    expect(() => checkRuntime({ node: '20.0.0', [name]: version })).toThrow(
      new RegExp(`runtime: ["']${name} ${version}["'] does not tell of connections as Node does`),
    );
  });
});

describe('an authenticator that needs the certificate of the connection', () => {
  const trustedProxies = '127.0.0.1';
  const names = ['gateway.internal'];
  const forwarded = 'x-forwarded-client-cert';
  const needing = createAuthenticator({ trustedProxies, clientCertificate: { names } });

  it.each([
    ['bun', '1.4.5'],
    ['deno', '2.9.6'],
  ])('is refused at start on %s, which tells none, or not as Node does', (name, version) => {
    expect(() => checkCertificates(needing, { node: '24.0.0', [name]: version })).toThrow(
      `clientCertificate: "${name}" does not tell of client certificates as Node does`,
    );
  });

  it('may run on Node', () => {
    expect(() => checkCertificates(needing, { node: '20.20.0' })).not.toThrow();
  });

  it.each([
    ['no certificate', { trustedProxies }],
    ['one that the proxy tells', { trustedProxies, clientCertificate: { names, forwarded } }],
  ] as const)('may run anywhere if it needs %s', (_, options) => {
    const authenticator = createAuthenticator(options);
    expect(() => checkCertificates(authenticator, { bun: '1.4.5' })).not.toThrow();
  });
});
