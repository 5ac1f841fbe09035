export type { KeyEvent } from './keys/key-event.js';
export type { AuthentikOptions } from './providers/authentik.js';
export { authentik } from './providers/authentik.js';
export type { AwsAlbOptions } from './providers/aws-alb.js';
export { awsAlb } from './providers/aws-alb.js';
export type { AwsVerifiedAccessOptions } from './providers/aws-verified-access.js';
export { awsVerifiedAccess } from './providers/aws-verified-access.js';
export type { AzureOptions } from './providers/azure.js';
export { azure } from './providers/azure.js';
export type { CloudflareAccessOptions } from './providers/cloudflare-access.js';
export { cloudflareAccess } from './providers/cloudflare-access.js';
export type { GenericAssertionOptions } from './providers/generic-assertion.js';
export { genericAssertion } from './providers/generic-assertion.js';
export type { GoogleIapOptions } from './providers/google-iap.js';
export { googleIap } from './providers/google-iap.js';
export type { Oauth2ProxyOptions } from './providers/oauth2-proxy.js';
export { oauth2Proxy } from './providers/oauth2-proxy.js';
export type { PomeriumOptions } from './providers/pomerium.js';
export { pomerium } from './providers/pomerium.js';
export type {
  AssertionProvider,
  ClaimNames,
  Claims,
  GroupsClaim,
  KeySource,
  OneOrMore,
  ProviderTuning,
  SigningAlgorithm,
  UserClaim,
} from './providers/provider.js';
export type { TeleportOptions } from './providers/teleport.js';
export { teleport } from './providers/teleport.js';
export { createVerifier } from './verifier/create-verifier.js';
export type { Verifier } from './verifier/verifier.js';
export type { VerifierOptions } from './verifier/verifier-options.js';
export { withAssertion } from './with-assertion.js';
