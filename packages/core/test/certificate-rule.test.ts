import { afterEach, describe, expect, it } from '@jest/globals';
import { compileCertificateRule } from '../src/certificate/compile-certificate-rule.js';
import type { CertificateFacts } from '../src/index.js';

const HASH = '468ed33be74eee6556d90c0149c1309e9ba61d6425303443c0748a02dd8de688';
const COLONS =
  '46:8E:D3:3B:E7:4E:EE:65:56:D9:0C:01:49:C1:30:9E:9B:A6:1D:64:25:30:34:43:C0:74:8A:02:DD:8D:E6:88';
const OTHER = '0'.repeat(64);
const GATEWAY = 'spiffe://cluster.local/ns/gateway/sa/gateway';
const WHOLE = 'write the whole name as the certificate has it';

function judged(options: object, facts: CertificateFacts): boolean {
  const rule = compileCertificateRule(options);
  if ('issues' in rule) throw new Error(JSON.stringify(rule.issues));
  return rule.judge(facts);
}

describe('a certificate is listed', () => {
  it.each([
    ['its DNS name', { dnsNames: ['a.internal', 'gateway.internal'] }],
    ['its DNS name in other letters', { dnsNames: ['GateWay.internal'] }],
    ['its common name', { commonName: 'gateway.internal' }],
  ])('by %s', (_, facts) => {
    expect(judged({ names: ['gateway.internal'] }, facts)).toBe(true);
  });

  it('by a name that was configured in other letters', () => {
    expect(judged({ names: ['Gateway.Internal'] }, { dnsNames: ['gateway.internal'] })).toBe(true);
  });

  it('by its URI', () => {
    expect(judged({ names: [GATEWAY] }, { uris: ['spiffe://a/b', GATEWAY] })).toBe(true);
  });

  it.each([[HASH], [HASH.toUpperCase()], [COLONS], [COLONS.toLowerCase()]])(
    'by its fingerprint, written %s',
    (written) => {
      expect(judged({ fingerprints: [written] }, { fingerprint: COLONS })).toBe(true);
      expect(judged({ fingerprints: [COLONS] }, { fingerprint: written })).toBe(true);
    },
  );

  it('by one of several, names and fingerprints', () => {
    const options = { names: ['old.internal', 'new.internal'], fingerprints: [HASH, OTHER] };
    expect(judged(options, { dnsNames: ['old.internal'] })).toBe(true);
    expect(judged(options, { dnsNames: ['new.internal'] })).toBe(true);
    expect(judged(options, { dnsNames: ['x'], fingerprint: OTHER })).toBe(true);
  });
});

describe('a certificate is not listed', () => {
  it.each([
    ['that says nothing', {}],
    ['of another name', { dnsNames: ['mallory.internal'], commonName: 'mallory' }],
    ['of a longer name', { dnsNames: ['gateway.internal.evil', 'x.gateway.internal'] }],
    ['of a name with a NUL', { dnsNames: ['gateway.internal\0.evil'] }],
    ['of a wildcard that would cover it', { dnsNames: ['*.internal'], commonName: '*.internal' }],
    ['with that common name in other letters', { commonName: 'Gateway.internal' }],
    ['with that name as its URI', { uris: ['gateway.internal'] }],
    [
      'with white space round it',
      { dnsNames: [' gateway.internal'], commonName: 'gateway.internal ' },
    ],
    ['with the URI as its common name', { commonName: GATEWAY }],
    ['with the URI as its DNS name', { dnsNames: [GATEWAY] }],
    ['with the URI in other letters', { uris: ['SPIFFE://cluster.local/ns/gateway/sa/gateway'] }],
    ['with a longer URI', { uris: [`${GATEWAY}/x`, `${GATEWAY};DNS`] }],
    ['with a name that looks like a fingerprint', { commonName: HASH, dnsNames: [HASH] }],
    ['with another fingerprint', { fingerprint: OTHER }],
    ['with half a fingerprint', { fingerprint: HASH.slice(0, 32) }],
    ['with an empty fingerprint', { fingerprint: '' }],
  ])('%s', (_, facts) => {
    const options = { names: ['gateway.internal', GATEWAY], fingerprints: [HASH] };
    expect(judged(options, facts)).toBe(false);
  });

  it('by the Kelvin sign for a k', () => {
    expect(judged({ names: ['k.internal'] }, { dnsNames: ['\u212A.internal'] })).toBe(false);
    expect(judged({ names: ['\u212A.internal'] }, { dnsNames: ['k.internal'] })).toBe(false);
  });
});

describe('the option clientCertificate', () => {
  it.each([
    [null, 'is no object'],
    ['gateway', 'is no object'],
    [['gateway'], 'is no object'],
    [{}, 'lists no certificate'],
    [{ names: [] }, 'is no list with something in it'],
    [{ names: ['a'], fingerprints: [] }, 'is no list with something in it'],
    [{ names: 'gateway' }, 'is no list with something in it'],
    [{ names: ['a'], fingerprint: [HASH] }, 'is not a setting'],
    [{ names: [''] }, 'is blank or begins or ends with white space'],
    [{ names: [' a'] }, 'is blank or begins or ends with white space'],
    [{ names: ['*'] }, 'has a wildcard'],
    [{ names: ['*.internal'] }, 'has a wildcard'],
    [{ names: ['spiffe://*'] }, 'has a wildcard'],
    [{ names: ['a\0b'] }, 'has a character that cannot be seen'],
    [{ names: ['a\u200db'] }, 'has a character that cannot be seen'],
    [{ names: ['spiffe://a b'] }, 'is no URI'],
    [{ names: ['://a'] }, 'is no URI'],
    [{ names: ['1spiffe://a'] }, 'is no URI'],
    [{ names: ['CN=gateway'] }, 'is a whole distinguished name'],
    [{ names: [COLONS] }, 'is a fingerprint'],
    [{ names: [7] }, 'is no text'],
    [{ fingerprints: [7] }, 'is no text'],
    [{ fingerprints: [''] }, 'is no fingerprint'],
    [{ fingerprints: [`sha256:${HASH}`] }, 'is no fingerprint'],
    [{ fingerprints: [` ${HASH}`] }, 'is no fingerprint'],
    [{ fingerprints: [HASH.replace('46', '46:')] }, 'is no fingerprint'],
    [{ fingerprints: ['a'.repeat(40)] }, 'is a SHA-1 fingerprint'],
    [{ fingerprints: [`sha256:${COLONS}`] }, 'is no fingerprint'],
    [{ fingerprints: ['ab:cd:xy'] }, 'is no fingerprint'],
    [{ fingerprints: ['a:b'] }, 'is no fingerprint'],
    [{ fingerprints: ['a'.repeat(62)] }, 'has 62 hex digits'],
    [{ fingerprints: [`${HASH}00`] }, 'has 66 hex digits'],
    [{ fingerprints: [`${COLONS}:00`] }, 'has 66 hex digits'],
    [{ fingerprints: [`00:${COLONS}`] }, 'has 66 hex digits'],
    [{ names: ['a'], forwarded: 'client-cert' }, 'is no reader of a header'],
    [{ names: ['a'], forwarded: null }, 'is no reader of a header'],
    [{ names: ['a'], forwarded: { header: 'X' } }, 'is no reader of a header'],
    [{ names: ['a'], forwarded: { header: 'X', read: 'X' } }, 'is no reader of a header'],
    [{ names: ['a'], forwarded: { read: () => ({}) } }, 'cannot be such a header'],
    [{ names: ['a'], forwarded: { header: 'a b', read: () => ({}) } }, 'cannot be such a header'],
    [
      { names: ['a'], forwarded: { header: 'Cookie', read: () => ({}) } },
      'cannot be such a header',
    ],
    [
      { names: ['a'], forwarded: { header: 'X', alsoStripped: 'Y', read: () => ({}) } },
      'cannot be such a header',
    ],
    [
      { names: ['a'], forwarded: { header: 'X', alsoStripped: ['Y', 'a b'], read: () => ({}) } },
      'cannot be such a header',
    ],
  ])('is not %j', (options, problem) => {
    const rule = compileCertificateRule(JSON.parse('null') ?? options);
    expect('issues' in rule && rule.issues.map((issue) => issue.problem)).toEqual([problem]);
  });

  it('has every fault told at once, each with its place', () => {
    const rule = compileCertificateRule({ names: ['a', '*'], fingerprints: ['x'] });
    expect('issues' in rule && rule.issues).toEqual([
      {
        option: 'clientCertificate.names[1]',
        value: '"*"',
        problem: 'has a wildcard',
        instead: 'write each name whole',
      },
      {
        option: 'clientCertificate.fingerprints[0]',
        value: '"x"',
        problem: 'is no fingerprint',
        instead: 'write the 64 hex digits that `openssl x509 -noout -fingerprint -sha256` prints',
      },
    ]);
  });

  const reader = { header: 'Client-Cert', read: () => ({}) };
  it.each([
    [null, 'clientCertificate', "write { names: ['gateway.internal'] }"],
    [{}, 'clientCertificate', 'name the certificate in names, or list it in fingerprints'],
    [
      { names: ['a'], name: ['b'] },
      'clientCertificate.name',
      'write one of names, fingerprints, forwarded',
    ],
    [{ names: [] }, 'clientCertificate.names', 'list one, or leave it out'],
    [{ names: [''] }, 'clientCertificate.names[0]', WHOLE],
    [{ names: [COLONS] }, 'clientCertificate.names[0]', 'write it in fingerprints'],
    [{ names: ['CN=a'] }, 'clientCertificate.names[0]', 'write what stands behind CN='],
    [
      { names: ['a'], forwarded: 'client-cert' },
      'clientCertificate.forwarded',
      "write 'x-forwarded-client-cert', or what xForwardedClientCert() gives",
    ],
    [
      { names: ['a'], forwarded: { ...reader, header: 'Cookie' } },
      'clientCertificate.forwarded.header',
      'name the header that the proxy sets, such as X-Forwarded-Client-Cert',
    ],
    [
      { names: ['a'], forwarded: { ...reader, alsoStripped: 'Y' } },
      'clientCertificate.forwarded.alsoStripped',
      'name the header that the proxy sets, such as X-Forwarded-Client-Cert',
    ],
  ])('says where %j is wrong, and what to write instead', (options, option, instead) => {
    const rule = compileCertificateRule(JSON.parse('null') ?? options);
    expect('issues' in rule && rule.issues).toMatchObject([{ option, instead }]);
  });

  it('takes CN= in the middle of a URI', () => {
    const uri = 'https://gateway.internal/?cn=a';
    expect(judged({ names: [uri] }, { uris: [uri] })).toBe(true);
  });

  it.each([
    // biome-ignore lint/suspicious/noSparseArray: the case itself
    [{ names: ['a', , 'b'] }, 'clientCertificate.names[1]'],
    [
      // biome-ignore lint/suspicious/noSparseArray: the case itself
      { names: ['a'], forwarded: { ...reader, alsoStripped: ['Y', , 'Z'] } },
      'clientCertificate.forwarded.alsoStripped',
    ],
  ])('sees a hole in a list: %j', (options, option) => {
    const rule = compileCertificateRule(Object(options));
    expect('issues' in rule && rule.issues.map((issue) => issue.option)).toEqual([option]);
  });

  it('is copied: a list that changes afterwards changes nothing', () => {
    const names = ['a'];
    const rule = compileCertificateRule({ names });
    names.push('b');
    expect('judge' in rule && rule.judge({ commonName: 'b' })).toBe(false);
  });

  it("knows Envoy's header by its name, takes another reader as it is, and needs neither", () => {
    const reader = { header: 'Client-Cert', alsoStripped: ['Client-Cert-Chain'], read: () => ({}) };
    const headers = [
      compileCertificateRule({ names: ['a'], forwarded: 'x-forwarded-client-cert' }),
      compileCertificateRule({ names: ['a'], forwarded: reader }),
      compileCertificateRule({ names: ['a'] }),
    ].map((rule) => 'judge' in rule && rule.forwarded?.header);
    expect(headers).toEqual(['X-Forwarded-Client-Cert', 'Client-Cert', undefined]);
  });
});

describe('a polluted Object.prototype', () => {
  const names = ['commonName', 'dnsNames', 'uris', 'fingerprint'];
  afterEach(() => {
    for (const name of names) Reflect.deleteProperty(Object.prototype, name);
  });

  it.each([
    ['commonName', 'gateway.internal'],
    ['dnsNames', ['gateway.internal']],
    ['uris', [GATEWAY]],
    ['fingerprint', HASH],
  ])('lists no certificate: %s', (name, value) => {
    const listed = { names: ['gateway.internal', GATEWAY], fingerprints: [HASH] };
    Object.defineProperty(Object.prototype, name, { value, configurable: true });
    expect(judged(listed, {})).toBe(false);
  });
});
