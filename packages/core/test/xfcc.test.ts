import { describe, expect, it } from '@jest/globals';
import { readXfcc } from '../src/certificate/read-xfcc.js';
import { ConfigError, xForwardedClientCert } from '../src/index.js';
import { fastest } from './fastest.js';

const HASH = '468ed33be74eee6556d90c0149c1309e9ba61d6425303443c0748a02dd8de688';
const PEM = '-----BEGIN%20CERTIFICATE-----%0AMIIB%2Bw%3D%3D%0A-----END%20CERTIFICATE-----%0A';

const AMBIGUOUS = { problem: 'it cannot be read one way only' };
const UNKNOWN = { problem: 'it has a key that Envoy does not write' };

describe('X-Forwarded-Client-Cert as Envoy writes it', () => {
  it.each([
    [
      'its documentation, one URI',
      `By=http://frontend.lyft.com;Hash=${HASH};Subject="/C=US/ST=CA/L=San Francisco/OU=Lyft/CN=Test Client";URI=http://testclient.lyft.com`,
      { fingerprint: HASH, uris: ['http://testclient.lyft.com'], dnsNames: [] },
    ],
    [
      'its documentation, a URI and two DNS names',
      `By=http://frontend.lyft.com;Hash=${HASH};Subject="/C=US/CN=Test Client";URI=http://testclient.lyft.com;DNS=lyft.com;DNS=www.lyft.com`,
      {
        fingerprint: HASH,
        uris: ['http://testclient.lyft.com'],
        dnsNames: ['lyft.com', 'www.lyft.com'],
      },
    ],
    [
      'Istio, with an empty Subject',
      `By=spiffe://cluster.local/ns/app/sa/app;Hash=${HASH};Subject="";URI=spiffe://cluster.local/ns/gateway/sa/gateway`,
      { fingerprint: HASH, uris: ['spiffe://cluster.local/ns/gateway/sa/gateway'], dnsNames: [] },
    ],
    [
      'a certificate without a URI',
      `Hash=${HASH};URI=`,
      { fingerprint: HASH, uris: [], dnsNames: [] },
    ],
    [
      'two URIs of the proxy, two of the client',
      `By=spiffe://a/p;By=spiffe://a/q;Hash=${HASH};URI=spiffe://a/x;URI=spiffe://a/y`,
      { fingerprint: HASH, uris: ['spiffe://a/x', 'spiffe://a/y'], dnsNames: [] },
    ],
    [
      'certificate and chain',
      `Hash=${HASH};Cert="${PEM}";Chain="${PEM}${PEM}";DNS=gateway.internal`,
      { fingerprint: HASH, uris: [], dnsNames: ['gateway.internal'] },
    ],
    [
      'a Subject that holds what separates, escaped as RFC 2253 says',
      `Hash=${HASH};Subject="CN=a\\, \\"b\\"\\; c\\\\,O=\\C3\\A9";DNS=gateway.internal`,
      { fingerprint: HASH, uris: [], dnsNames: ['gateway.internal'] },
    ],
    [
      'keys in any letter case',
      `hash=${HASH};uri=spiffe://a/x`,
      { fingerprint: HASH, uris: ['spiffe://a/x'], dnsNames: [] },
    ],
    ['a name in quotes', 'URI="spiffe://a/x?y=z"', { uris: ['spiffe://a/x?y=z'], dnsNames: [] }],
    ['no Hash', 'DNS=gateway.internal', { uris: [], dnsNames: ['gateway.internal'] }],
  ])('reads %s', (_, value, facts) => {
    expect(readXfcc(value, 1)).toEqual(facts);
  });

  it.each([
    ['nothing', '', AMBIGUOUS],
    ['only a separator', ';', AMBIGUOUS],
    ['an empty element', `Hash=${HASH},`, AMBIGUOUS],
    ['an empty pair at the end', `Hash=${HASH};`, AMBIGUOUS],
    ['a pair without a key', `=x;Hash=${HASH}`, AMBIGUOUS],
    ['a key without a value', `Hash=${HASH};DNS`, AMBIGUOUS],
    ['an unquoted equals sign', 'URI=spiffe://a/x?y=z', AMBIGUOUS],
    ['an unquoted space', 'DNS=a b', AMBIGUOUS],
    ['a space before a pair', `Hash=${HASH}; DNS=a`, AMBIGUOUS],
    ['a quote in the middle', 'DNS=a"b"', AMBIGUOUS],
    ['text behind the closing quote', 'DNS="a"b', AMBIGUOUS],
    ['a quote that is never closed', 'Subject="CN=x;DNS=gateway.internal', AMBIGUOUS],
    ['a closing quote that is escaped', 'Subject="CN=x\\";DNS=gateway.internal', AMBIGUOUS],
    ['a control character', 'DNS=gateway.internal\t', AMBIGUOUS],
    ['a NUL', 'DNS=gateway.internal\0.evil', AMBIGUOUS],
    ['a letter beyond ASCII', 'DNS=g\u00e4teway', AMBIGUOUS],
    ['an unknown key', 'SAN=spiffe://a/x', UNKNOWN],
    ['a key of objects', '__proto__=x', AMBIGUOUS],
    ['another key of objects', 'constructor=x', UNKNOWN],
    ['two hashes', `Hash=${HASH};Hash=${HASH}`, { problem: 'it has hash twice in one element' }],
    ['two subjects', 'Subject="a";SUBJECT="b"', { problem: 'it has subject twice in one element' }],
    [
      'two certificates',
      `Cert="${PEM}";cert="${PEM}"`,
      { problem: 'it has cert twice in one element' },
    ],
    [
      'two chains',
      `Chain="${PEM}";Chain="${PEM}"`,
      { problem: 'it has chain twice in one element' },
    ],
    ['a hash of another length', 'Hash=abcdef', { problem: 'its hash is no SHA-256 in hex' }],
    ['an empty hash', 'Hash=;DNS=a', { problem: 'its hash is no SHA-256 in hex' }],
    ['a backslash in a name', 'DNS="a\\"b"', { problem: 'it has a backslash in a name or hash' }],
  ])('refuses %s', (_, value, problem) => {
    expect(readXfcc(value, 1)).toEqual(problem);
  });
});

describe('attacks on readers of X-Forwarded-Client-Cert', () => {
  it('is not led by quotes in the middle to another certificate than the true one (client-certificate-auth 1.0.0)', () => {
    // The first Cert= is the client's own text, inside the quotes of Subject.
    expect(readXfcc(`Hash=${HASH};Subject="CN=x;Cert=${PEM};O=y";Cert="${PEM}"`, 1)).toEqual({
      fingerprint: HASH,
      uris: [],
      dnsNames: [],
    });
  });

  it('does not let a stray quote swallow the true pair', () => {
    expect(readXfcc(`Subject=x";DNS=true.internal;URI=";DNS=gateway.internal`, 1)).toEqual(
      AMBIGUOUS,
    );
  });

  it('refuses the line that Envoy does not quote (envoy#32945)', () => {
    const by = 'urn:abc:servicePrincipal(grpc-sample-service;None;i001)';
    expect(readXfcc(`By=${by};Hash=${HASH};URI=spiffe://a/x`, 1)).toEqual(AMBIGUOUS);
  });

  it.each([
    [
      'a second element',
      `spiffe://a/x,URI=spiffe://a/gateway`,
      { problem: 'it has 2 elements, not 1' },
    ],
    ['a second hash', `spiffe://a/x;Hash=${HASH}`, { problem: 'it has hash twice in one element' }],
    ['a key of its own', 'spiffe://a/x;Role=gateway', UNKNOWN],
    ['a query', 'spiffe://a/x?URI=spiffe://a/gateway', AMBIGUOUS],
  ])('refuses a name of a certificate that would be %s, unquoted', (_, uri, problem) => {
    expect(readXfcc(`Hash=${HASH};URI=${uri}`, 1)).toEqual(problem);
  });
});

describe('the number of elements', () => {
  const client = 'Hash=forged;URI=spiffe://a/admin';
  const gateway = `Hash=${HASH};URI=spiffe://a/gateway`;
  const facts = { fingerprint: HASH, uris: ['spiffe://a/gateway'], dnsNames: [] };

  it('is one, unless stated', () => {
    expect(xForwardedClientCert().read(gateway)).toEqual(facts);
    expect(xForwardedClientCert().read(`${client},${gateway}`)).toEqual({
      problem: 'it has 2 elements, not 1',
    });
  });

  it('is exactly the stated one, and the last element counts', () => {
    const { header, read } = xForwardedClientCert({ elements: 2 });
    expect(header).toBe('X-Forwarded-Client-Cert');
    expect(read(`${client},${gateway}`)).toEqual(facts);
    expect(read(`${client}, ${gateway}`)).toEqual(facts);
    expect(read(gateway)).toEqual({ problem: 'it has 1 elements, not 2' });
    expect(read(`${client},${client},${gateway}`)).toEqual({ problem: 'it has 3 elements, not 2' });
  });

  it('does not make an element that cannot be read pass because it is not the last', () => {
    const { read } = xForwardedClientCert({ elements: 2 });
    expect(read(`Role=x,${gateway}`)).toEqual(UNKNOWN);
    expect(read(`Subject="x,${gateway}`)).toEqual(AMBIGUOUS);
  });

  it.each([[0], [-1], [1.5], [17], ['2'], [Number.NaN], [null]])('cannot be %j', (elements) => {
    const options = JSON.parse(JSON.stringify({ elements: 1 }));
    options.elements = elements;
    expect(() => xForwardedClientCert(options)).toThrow(ConfigError);
    expect(() => xForwardedClientCert(options)).toThrow('from 1 to 16');
  });

  it('is no option under another name', () => {
    expect(() => xForwardedClientCert(JSON.parse('{"hops":2}'))).toThrow('write one of elements');
    expect(() => xForwardedClientCert(JSON.parse('null'))).toThrow('is no options object');
  });

  it.each([[1], [16]])('can be %j', (elements) => {
    const line = Array(elements).fill(gateway).join();
    expect(xForwardedClientCert({ elements }).read(line)).toEqual(facts);
  });

  it.each([
    ['null', 'options: null is no options object; write { elements: 2 }'],
    ['{"hops":2}', 'hops: "hops" is not a setting; write one of elements'],
    [
      '{"elements":17}',
      'elements: 17 is no number of elements; write how many proxies append to the header, from 1 to 16',
    ],
  ])('is refused in words that tell the place, in %s', (options, message) => {
    const call = () => xForwardedClientCert(JSON.parse(options));
    expect(call).toThrow(expect.objectContaining({ code: 'option-invalid', message }));
  });
});

it('reads a long value in time that grows with its length only', () => {
  const long = '\\"'.repeat(200_000);
  const read = () => {
    expect(readXfcc(`Subject="${long}`, 1)).toEqual(AMBIGUOUS);
    expect(readXfcc(`Subject="${long}"`, 1)).toEqual({ uris: [], dnsNames: [] });
    expect(readXfcc('DNS=a;'.repeat(50_000), 1)).toEqual(AMBIGUOUS);
  };
  expect(fastest(read)).toBeLessThan(1000);
});
