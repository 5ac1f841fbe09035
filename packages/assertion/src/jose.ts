// What is taken from jose. One file, which the CommonJS build bundles: jose is ES modules only, and Jest in a CommonJS
// application cannot load those.
export type { CryptoKey } from 'jose';
export { base64url, compactVerify, createLocalJWKSet, errors, importSPKI } from 'jose';
