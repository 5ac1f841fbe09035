/** What `TRUSTED_HEADER_PROBE` is in cases with `probe`. */
export const PROBE_TOKEN = '00112233445566778899aabbccddeeff';
