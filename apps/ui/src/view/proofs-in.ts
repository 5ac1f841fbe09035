import type { Proofs } from './app-settings.js';

/**
 * Reads what the proxy has to show beside its address: `PROXY_SECRET`, the values of `X-Proxy-Secret`, and `PROXY_CERT_NAMES`, the
 * names in its client certificate. Several have commas between them. Empty is as missing; what is in them is core's to judge.
 */
export function proofsIn({
  PROXY_SECRET,
  PROXY_CERT_NAMES,
}: Readonly<Record<string, string | undefined>>): Proofs {
  return {
    ...(PROXY_SECRET && {
      sharedSecret: { header: 'X-Proxy-Secret', values: listIn(PROXY_SECRET) },
    }),
    ...(PROXY_CERT_NAMES && { clientCertificate: { names: listIn(PROXY_CERT_NAMES) } }),
  };
}

/** With the line's end that a file of secrets may have. */
function listIn(text: string): readonly string[] {
  return text.split(',').map((item) => item.trim());
}
