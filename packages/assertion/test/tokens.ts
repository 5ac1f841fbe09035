import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

/** Seconds since 1970 at which the tests are: tokens are made for it. */
export const NOW = 1_800_000_000;

/** A key pair of a provider, or of somebody who would like to be one. */
export interface Signer {
  readonly alg: string;
  readonly kid: string | undefined;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

export async function makeSigner(alg: string, kid?: string): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = {
    ...(await exportJWK(publicKey)),
    alg,
    use: 'sig',
    ...(kid !== undefined && { kid }),
  };
  return { alg, kid, privateKey, publicKey, jwk };
}

/** Signs claims; members that are undefined are left out. */
export function signToken(
  { alg, kid, privateKey }: Signer,
  claims: object,
  header: object = {},
): Promise<string> {
  return new SignJWT({ ...JSON.parse(JSON.stringify(claims)) })
    .setProtectedHeader(JSON.parse(JSON.stringify({ alg, kid, ...header })))
    .sign(privateKey);
}

/** Base64url without padding. */
export function encode(value: string | Uint8Array): string {
  return Buffer.from(value).toString('base64url');
}

/** Signs texts as they are, which no library would write. */
export async function signRaw(
  { privateKey, alg }: Signer,
  header: string,
  payload: string,
): Promise<string> {
  const input = `${header}.${payload}`;
  const algorithm =
    alg === 'RS256'
      ? { name: 'RSASSA-PKCS1-v1_5' }
      : { name: 'ECDSA', hash: `SHA-${alg.slice(2)}` };
  const signature = await crypto.subtle.sign(algorithm, privateKey, Buffer.from(input));
  return `${input}.${encode(new Uint8Array(signature))}`;
}
