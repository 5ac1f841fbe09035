import { authelia } from './authelia.js';
import { authentik } from './authentik.js';
import { azureEasyAuth } from './azure-easy-auth.js';
import { caddySecurity } from './caddy-security.js';
import { gatekeeper } from './gatekeeper.js';
import type { HeaderProfile } from './header-profile.js';
import { kubernetes } from './kubernetes.js';
import { linkerd } from './linkerd.js';
import { oauth2Proxy, oauth2ProxyAuthRequest } from './oauth2-proxy.js';
import { pomerium } from './pomerium.js';
import { sandstorm } from './sandstorm.js';
import { tailscale } from './tailscale.js';
import { tinyauth } from './tinyauth.js';
import { vouch } from './vouch.js';

/** The name of a profile that is known here, in the place of its constant. */
export type ProfileId =
  | 'authelia'
  | 'authentik'
  | 'azure-easy-auth'
  | 'caddy-security'
  | 'gatekeeper'
  | 'kubernetes'
  | 'linkerd'
  | 'oauth2-proxy'
  | 'oauth2-proxy-auth-request'
  | 'pomerium'
  | 'sandstorm'
  | 'tailscale'
  | 'tinyauth'
  | 'vouch';

/** All profiles by their ids: what `profile: 'authentik'` means, and what a request may look like (H15). */
export const KNOWN_PROFILES: Readonly<Record<ProfileId, HeaderProfile>> = {
  authelia,
  authentik,
  'azure-easy-auth': azureEasyAuth,
  'caddy-security': caddySecurity,
  gatekeeper,
  kubernetes,
  linkerd,
  'oauth2-proxy': oauth2Proxy,
  'oauth2-proxy-auth-request': oauth2ProxyAuthRequest,
  pomerium,
  sandstorm,
  tailscale,
  tinyauth,
  vouch,
};
