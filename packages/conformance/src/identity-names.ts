/** The identity headers of the cases: Authelia's, core's default profile; and the one that the proof of cases reads. */
export const IDENTITY_NAMES = [
  'remote-user',
  'remote-groups',
  'remote-name',
  'remote-email',
  'x-proof',
];

/** The headers of proofs in the cases and of the probe's token, which nobody may read either. */
const PROOF_NAMES = ['x-proxy-secret', 'x-forwarded-client-cert', 'trusted-header-probe'];

/** Writes a name as a CGI-like server reads it, so that aliases are equal: `Remote_User` is `remote-user`. */
export function foldHeaderName(name: string): string {
  return name.toLowerCase().replace(/[_.]/g, '-');
}

/** Tells whether a name is an identity header, a proof's, or an alias of one. */
export function isIdentityName(name: string): boolean {
  const folded = foldHeaderName(name);
  return IDENTITY_NAMES.includes(folded) || PROOF_NAMES.includes(folded);
}
