import { createHash, X509Certificate } from 'node:crypto';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { readAlternativeNames } from '../src/alternative-names.js';
import { certificateOf } from '../src/certificate-of.js';
import { clientCertHeader } from '../src/index.js';
import { dateFault, readCertificate } from '../src/read-certificate.js';
import { type CertificateOptions, makeAuthority } from './own/make-certificate.mjs';

const authority = makeAuthority();

function factsOf(options: CertificateOptions) {
  return readCertificate(new X509Certificate(authority.issue(options).der)).facts;
}

it('is of no socket that only calls itself encrypted', () => {
  const claims = { encrypted: true, authorized: true, getPeerX509Certificate: () => 'any' };
  expect(certificateOf(Object.assign(new Socket(), claims))).toBeUndefined();
  expect(certificateOf(new Socket())).toBeUndefined();
});

describe('a certificate', () => {
  it('gives its common name, DNS names, URIs and SHA-256 fingerprint', () => {
    const made = authority.issue({
      subject: { commonName: ['gateway'], organization: ['Example, Inc.'] },
      names: [
        ['dns', 'gateway.internal'],
        ['ip', '\x7f\0\0\x01'],
        ['uri', 'spiffe://a/gateway'],
        ['email', 'root@internal'],
        ['dns', 'other.internal'],
      ],
    });
    const { facts } = readCertificate(new X509Certificate(made.der));
    expect(facts).toEqual({
      commonName: 'gateway',
      dnsNames: ['gateway.internal', 'other.internal'],
      uris: ['spiffe://a/gateway'],
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
    });
    const digest = createHash('sha256').update(made.der).digest('hex');
    expect(facts.fingerprint?.replaceAll(':', '').toLowerCase()).toBe(digest);
  });

  it.each([
    ['a comma and another entry', 'x, DNS:gateway.internal'],
    ['a comma and a URI', 'x, URI:spiffe://a/gateway'],
    ['a quote', 'x", DNS:"gateway.internal'],
    ['a NUL', 'gateway.internal\0.evil'],
    ['a newline', 'gateway.internal\nDNS:gateway.internal'],
    ['a backslash', 'gateway.internal\\'],
    ['a letter beyond ASCII', 'gatew\xe4y.internal'],
  ])('with %s in its DNS name has that one name (CVE-2021-44532)', (_, name) => {
    expect(factsOf({ names: [['dns', name]] }).dnsNames).toEqual([name]);
    expect(factsOf({ names: [['uri', name]] }).uris).toEqual([name]);
    expect(factsOf({ names: [['email', name]] })).toMatchObject({ dnsNames: [], uris: [] });
  });

  it.each([
    ['a newline and another attribute', 'x\nCN=gateway'],
    ['a comma', 'x, CN=gateway'],
    ['a slash', 'x/CN=gateway'],
    ['a plus', 'x + CN=gateway'],
    ['a NUL', 'gateway\0'],
  ])('with %s in its common name has that one name (CVE-2021-44533)', (_, name) => {
    expect(factsOf({ subject: { commonName: [name] } }).commonName).toBe(name);
    const organization = { organization: [name], commonName: ['x'] };
    expect(factsOf({ subject: organization }).commonName).toBe('x');
    expect(factsOf({ subject: { organization: [name] } }).commonName).toBeUndefined();
  });

  it('with two common names, or none, has none', () => {
    for (const subject of [{ commonName: ['a', 'gateway'] }, {}]) {
      expect(factsOf({ subject })).not.toHaveProperty('commonName');
    }
  });
});

describe('the text of alternative names', () => {
  it.each([
    ['', { dnsNames: [], uris: [] }],
    ['DNS:a', { dnsNames: ['a'], uris: [] }],
    ['DNS:', { dnsNames: [''], uris: [] }],
    ['DNS: a ', { dnsNames: [' a '], uris: [] }],
    ['DNS:a, URI:b://c;d=e, IP Address:::1', { dnsNames: ['a'], uris: ['b://c;d=e'] }],
    ['othername: XmppAddr:x, DNS:a', { dnsNames: ['a'], uris: [] }],
    ['othername:<unsupported>, DNS:a', { dnsNames: ['a'], uris: [] }],
    ['DirName:"CN=a\\u002c O=b", DNS:c', { dnsNames: ['c'], uris: [] }],
  ])('%s is read', (text, names) => {
    expect(readAlternativeNames(text)).toEqual(names);
  });

  it.each([
    [' DNS:a'],
    ['DNS:a,DNS:b'],
    ['DNS:a,  DNS:b'],
    ['DNS:a, '],
    ['DNS:a, b'],
    ['DNS:"a'],
    ['DNS:a"b"'],
    ['DNS:"a"b'],
    ['DNS:"a\\"'],
    ['DNS:"\\x"'],
    ['DNS:"a\\u00"'],
    ['DNS:a\\u002c'],
    ['a'],
    [':a'],
    ['DNS1:a'],
  ])('%j is believed in nothing', (text) => {
    expect(readAlternativeNames(text)).toBeUndefined();
  });
});

describe('the dates of a certificate', () => {
  const certificate = authority.issue({ from: '2030-06-01', to: '2030-06-02' });
  const read = readCertificate(new X509Certificate(certificate.der));

  it.each([
    ['before', '2030-05-31T23:59:59.999Z', 'CERT_NOT_YET_VALID'],
    ['at its beginning', '2030-06-01T00:00:00Z', undefined],
    ['at its end', '2030-06-02T00:00:00Z', undefined],
    ['after', '2030-06-02T00:00:00.001Z', 'CERT_HAS_EXPIRED'],
  ])('%s', (_, now, fault) => {
    expect(dateFault(read, Date.parse(now))).toBe(fault);
  });

  it('that cannot be read are over', () => {
    const { facts } = read;
    expect(dateFault({ facts, from: Number.NaN, to: Number.NaN })).toBe('CERT_HAS_EXPIRED');
    expect(dateFault({ facts, from: 0, to: Number.NaN })).toBe('CERT_HAS_EXPIRED');
    const never = Number.POSITIVE_INFINITY;
    expect(dateFault({ facts, from: Number.NaN, to: never })).toBe('CERT_HAS_EXPIRED');
  });
});

describe('Client-Cert (RFC 9440)', () => {
  const { header, alsoStripped, read } = clientCertHeader();
  const made = authority.issue({ names: [['dns', 'gateway.internal']] });
  const base64 = made.der.toString('base64');
  const NOT_ONE = { problem: 'it is not one byte sequence, :base64:' };
  const NO_DER = { problem: 'it is not one certificate in DER' };

  it('is read as one certificate, and its chain goes with it', () => {
    expect([header, alsoStripped]).toEqual(['Client-Cert', ['Client-Cert-Chain']]);
    expect(read(`:${base64}:`)).toMatchObject({
      commonName: 'localhost',
      dnsNames: ['gateway.internal'],
      fingerprint: expect.any(String),
    });
  });

  it.each([
    ['nothing', '', NOT_ONE],
    ['an empty sequence', '::', NOT_ONE],
    ['no colons', base64, NOT_ONE],
    ['one colon', `:${base64}`, NOT_ONE],
    ['two certificates', `:${base64}:, :${base64}:`, NOT_ONE],
    ['parameters', `:${base64}:;a=1`, NOT_ONE],
    ['white space inside', `: ${base64}:`, NOT_ONE],
    ['base64 of URLs', `:${base64.replaceAll('+', '-').replaceAll('/', '_')}-_:`, NOT_ONE],
    ['base64 that is not canonical', ':QQ=:', NOT_ONE],
    ['bits behind the last byte', ':QR==:', NOT_ONE],
    ['a URL-encoded PEM', encodeURIComponent(made.cert), NOT_ONE],
    ['other bytes', ':QUJD:', NO_DER],
    ['PEM in base64', `:${Buffer.from(made.cert).toString('base64')}:`, NO_DER],
    [
      'bytes behind the certificate',
      `:${Buffer.concat([made.der, Buffer.of(0)]).toString('base64')}:`,
      NO_DER,
    ],
    ['half of it', `:${made.der.subarray(0, 99).toString('base64')}:`, NO_DER],
    ['16 KiB of something else', `:${'A'.repeat(16_382)}:`, NOT_ONE],
    [
      'more than 16 KiB',
      `:${'A'.repeat(16_384)}:`,
      { problem: 'it has 16386 characters, of at most 16384' },
    ],
    [
      'one that has expired',
      `:${authority.issue({ to: '2021-01-01' }).der.toString('base64')}:`,
      { problem: 'its certificate is out of date (CERT_HAS_EXPIRED)' },
    ],
  ])('is refused with %s', (_, value, problem) => {
    expect(read(value)).toEqual(problem);
  });
});
