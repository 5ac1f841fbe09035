import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** DER (RFC 5280) by hand: makes what no tool would sign, such as a name with a NUL or a quote in it. */
const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));
const OIDS = { commonName: '550403', organization: '55040a' };
const USAGES = { client: '2b06010505070302', server: '2b06010505070301' };
const SAN_TAGS = { email: 0x81, dns: 0x82, uri: 0x86, ip: 0x87 };

/** Makes a certificate authority, which signs whatever it is asked to. */
export function makeAuthority(name = 'a test authority') {
  const subject = { commonName: [name] };
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer = { privateKey, subject };
  return {
    cert: pem(certificate({ subject, isAuthority: true }, publicKey, signer)),
    issue: (options = {}) => issue(options, signer),
  };
}

/** Makes a certificate that nobody else has signed. */
export function makeSelfSigned(options = {}) {
  return issue(options);
}

function issue(options, signer) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { subject = { commonName: ['localhost'] } } = options;
  const der = certificate({ ...options, subject }, publicKey, signer ?? { privateKey, subject });
  return {
    cert: pem(der),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    der,
    fingerprint: createHash('sha256').update(der).digest('hex'),
  };
}

/**
 * `subject`: attributes with their values; `names`: pairs like `['dns', 'gateway.internal']`, one character a byte; `from`, `to`:
 * dates; `usage`: client, server or none stated.
 */
function certificate(
  { subject, names = [], from = '2020-01-01', to = '2049-12-31', usage, isAuthority = false },
  publicKey,
  signer,
) {
  const extensions = [
    extension('551d13', sequence(...(isAuthority ? [der(0x01, Buffer.of(0xff))] : []))),
    ...(usage ? [extension('551d25', sequence(oid(USAGES[usage])))] : []),
    ...(names.length > 0 ? [extension('551d11', sequence(...names.map(alternativeName)))] : []),
  ];
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(0x40, ...randomBytes(15))),
    ECDSA_WITH_SHA256,
    distinguishedName(signer.subject),
    sequence(time(from), time(to)),
    distinguishedName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = der(
    0x03,
    Buffer.concat([Buffer.of(0), sign('sha256', body, signer.privateKey)]),
  );
  return sequence(body, ECDSA_WITH_SHA256, signature);
}

function distinguishedName(subject) {
  const attributes = Object.entries(subject).flatMap(([name, values]) =>
    values.map((value) =>
      der(0x31, sequence(oid(OIDS[name]), der(0x0c, Buffer.from(value, 'utf8')))),
    ),
  );
  return sequence(...attributes);
}

function alternativeName([kind, value]) {
  return der(SAN_TAGS[kind], Buffer.from(value, 'latin1'));
}

function extension(id, value) {
  return sequence(oid(id), der(0x04, value));
}

/** Without a fraction, in UTC. Two digits of the year until 2049. */
function time(date) {
  const text = new Date(date).toISOString().replace(/[-:T]|\..*/g, '');
  return der(0x17, Buffer.from(`${text.slice(2)}Z`));
}

function oid(hex) {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function sequence(...parts) {
  return der(0x30, Buffer.concat(parts));
}

function der(tag, bytes) {
  const { length } = bytes;
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  const size = length < 0x80 ? [length] : long;
  return Buffer.concat([Buffer.of(tag, ...size), bytes]);
}

function pem(bytes) {
  const lines = bytes
    .toString('base64')
    .match(/.{1,64}/g)
    .join('\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
