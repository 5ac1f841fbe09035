export { authelia } from './authelia.js';
export { authentik } from './authentik.js';
export { awsAlb } from './aws-alb.js';
export { azureEasyAuth } from './azure-easy-auth.js';
export { caddySecurity } from './caddy-security.js';
export { cloudflareAccess } from './cloudflare-access.js';
export { defineProfile } from './define-profile.js';
export { gatekeeper } from './gatekeeper.js';
export { googleIap } from './google-iap.js';
export type {
  GroupsSource,
  HeaderEncoding,
  HeaderProfile,
  HeaderSource,
  UserSource,
  ValueSource,
} from './header-profile.js';
export { KNOWN_PROFILES, type ProfileId } from './known-profiles.js';
export { kubernetes } from './kubernetes.js';
export { linkerd } from './linkerd.js';
export { modAuthOpenidc } from './mod-auth-openidc.js';
export { oauth2Proxy, oauth2ProxyAuthRequest } from './oauth2-proxy.js';
export { pomerium } from './pomerium.js';
export { PROFILE_FACTS, type ProfileFacts } from './profile-facts.js';
export { sandstorm } from './sandstorm.js';
export { shibboleth } from './shibboleth.js';
export { siteminder } from './siteminder.js';
export { tailscale } from './tailscale.js';
export { tinyauth } from './tinyauth.js';
export { vouch } from './vouch.js';
export { yunohost } from './yunohost.js';
