import { makeSelfSigned } from './make-certificate.mjs';

/** Makes a certificate for localhost that nobody has signed, with its key, both as PEM. */
export function selfSigned() {
  const { cert, key } = makeSelfSigned();
  return { cert, key };
}
