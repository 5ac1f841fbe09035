const PAIRS = /^[0-9a-f]{2}(?::[0-9a-f]{2}){31}$/;
const PLAIN = /^[0-9a-f]{64}$/;

/**
 * Gives a SHA-256 fingerprint as 64 small hex digits, whichever way it was written: `AB:CD:…` of openssl and Node, or plain.
 *
 * Undefined for anything else: another length (SHA-1 has 40 digits), colons in some places only, white space, a prefix.
 */
export function normalFingerprint(text: string): string | undefined {
  const lower = text.toLowerCase();
  if (PLAIN.test(lower)) return lower;
  return PAIRS.test(lower) ? lower.replaceAll(':', '') : undefined;
}
