import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What a certificate is to say. */
export interface CertificateOptions {
  readonly commonName?: string;
  /** The DNS names among its subject's alternative names, one character a byte. */
  readonly dnsNames?: readonly string[];
  /** Default: from 2020 to 2049. */
  readonly from?: string;
  readonly to?: string;
  /** What it is for. Default: not stated. */
  readonly usage?: 'client' | 'server' | 'authority';
}

/** A certificate with its key, as PEM. */
export interface MadeCertificate {
  readonly cert: string;
  readonly key: string;
  /** Signs another certificate. */
  issue(options: CertificateOptions): MadeCertificate;
}

const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));
const USAGES = { client: '2b06010505070302', server: '2b06010505070301' };

/** Makes a certificate (RFC 5280, in DER) that nobody else has signed: an authority, or somebody's own. */
export function makeCertificate(options: CertificateOptions): MadeCertificate {
  return make(options);
}

interface Signer {
  readonly key: KeyObject;
  readonly name: Buffer;
}

function make(options: CertificateOptions, signer?: Signer): MadeCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { commonName = 'somebody', from = '2020-01-01', to = '2049-12-31' } = options;
  const name = sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(commonName)))));
  const by = signer ?? { key: privateKey, name };
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(0x40, ...randomBytes(15))),
    ECDSA_WITH_SHA256,
    by.name,
    sequence(time(from), time(to)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensionsOf(options))),
  );
  const signature = der(0x03, Buffer.concat([Buffer.of(0), sign('sha256', body, by.key)]));
  return {
    cert: pem(sequence(body, ECDSA_WITH_SHA256, signature)),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    issue: (more) => make(more, { key: privateKey, name }),
  };
}

function extensionsOf({ usage, dnsNames = [] }: CertificateOptions): readonly Buffer[] {
  const isAuthority = usage === 'authority' ? [der(0x01, Buffer.of(0xff))] : [];
  const names = dnsNames.map((name) => der(0x82, Buffer.from(name, 'latin1')));
  return [
    extension('551d13', sequence(...isAuthority)),
    ...(usage === 'client' || usage === 'server'
      ? [extension('551d25', sequence(oid(USAGES[usage])))]
      : []),
    ...(names.length > 0 ? [extension('551d11', sequence(...names))] : []),
  ];
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), der(0x04, value));
}

/** In UTC, whole seconds. Two digits of the year until 2049. */
function time(date: string): Buffer {
  const text = new Date(date).toISOString().replace(/[-:T]|\..*/g, '');
  return der(0x17, Buffer.from(`${text.slice(2)}Z`));
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function der(tag: number, bytes: Buffer): Buffer {
  const { length } = bytes;
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  const size = length < 0x80 ? [length] : long;
  return Buffer.concat([Buffer.of(tag, ...size), bytes]);
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
