import { generateKeyPairSync, sign } from 'node:crypto';

/** Makes a certificate for localhost that nobody has signed (RFC 5280, in DER), with its key, both as PEM. */
export function selfSigned() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(der(0x06, '2a8648ce3d040302'));
  const name = sequence(der(0x31, sequence(der(0x06, '550403'), der(0x0c, 'localhost'))));
  const validity = sequence(der(0x17, '200101000000Z'), der(0x17, '491231000000Z'));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const body = sequence(der(0x02, '01'), ecdsaWithSha256, name, validity, name, spki);
  const signature = der(0x03, Buffer.concat([Buffer.of(0), sign('sha256', body, privateKey)]));
  const base64 = sequence(body, ecdsaWithSha256, signature).toString('base64');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
}

function sequence(...parts) {
  return der(0x30, Buffer.concat(parts));
}

/** One value with its tag and length: bytes, hexadecimal digits or text. */
function der(tag, value) {
  const isHex = typeof value === 'string' && /^([0-9a-f]{2})+$/.test(value);
  const bytes = typeof value === 'string' ? Buffer.from(value, isHex ? 'hex' : 'latin1') : value;
  const { length } = bytes;
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  const size = length < 0x80 ? [length] : long;
  return Buffer.concat([Buffer.of(tag, ...size), bytes]);
}
