import { authelia } from './authelia.js';
import { authentik } from './authentik.js';
import { awsAlb } from './aws-alb.js';
import { azureEasyAuth } from './azure-easy-auth.js';
import { caddySecurity } from './caddy-security.js';
import { cloudflareAccess } from './cloudflare-access.js';
import { gatekeeper } from './gatekeeper.js';
import { googleIap } from './google-iap.js';
import type { HeaderProfile } from './header-profile.js';
import { kubernetes } from './kubernetes.js';
import { linkerd } from './linkerd.js';
import { modAuthOpenidc } from './mod-auth-openidc.js';
import { oauth2Proxy, oauth2ProxyAuthRequest } from './oauth2-proxy.js';
import { pomerium } from './pomerium.js';
import { sandstorm } from './sandstorm.js';
import { shibboleth } from './shibboleth.js';
import { siteminder } from './siteminder.js';
import { tailscale } from './tailscale.js';
import { tinyauth } from './tinyauth.js';
import { vouch } from './vouch.js';
import { yunohost } from './yunohost.js';

/** The name of a profile that is known here, in the place of its constant. */
export type ProfileId =
  | 'authelia'
  | 'authentik'
  | 'aws-alb'
  | 'azure-easy-auth'
  | 'caddy-security'
  | 'cloudflare-access'
  | 'gatekeeper'
  | 'google-iap'
  | 'kubernetes'
  | 'linkerd'
  | 'mod-auth-openidc'
  | 'oauth2-proxy'
  | 'oauth2-proxy-auth-request'
  | 'pomerium'
  | 'sandstorm'
  | 'shibboleth'
  | 'siteminder'
  | 'tailscale'
  | 'tinyauth'
  | 'vouch'
  | 'yunohost';

/** All profiles by their ids: what `profile: 'authentik'` means, and what a request may look like (H15). */
export const KNOWN_PROFILES: Readonly<Record<ProfileId, HeaderProfile>> = {
  authelia,
  authentik,
  'aws-alb': awsAlb,
  'azure-easy-auth': azureEasyAuth,
  'caddy-security': caddySecurity,
  'cloudflare-access': cloudflareAccess,
  gatekeeper,
  'google-iap': googleIap,
  kubernetes,
  linkerd,
  'mod-auth-openidc': modAuthOpenidc,
  'oauth2-proxy': oauth2Proxy,
  'oauth2-proxy-auth-request': oauth2ProxyAuthRequest,
  pomerium,
  sandstorm,
  shibboleth,
  siteminder,
  tailscale,
  tinyauth,
  vouch,
  yunohost,
};
