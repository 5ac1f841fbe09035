export { authelia } from './authelia.js';
export { authentik } from './authentik.js';
export { azureEasyAuth } from './azure-easy-auth.js';
export { caddySecurity } from './caddy-security.js';
export { gatekeeper } from './gatekeeper.js';
export type {
  GroupsSource,
  HeaderEncoding,
  HeaderProfile,
  HeaderSource,
  UserSource,
} from './header-profile.js';
export { kubernetes } from './kubernetes.js';
export { linkerd } from './linkerd.js';
export { oauth2Proxy, oauth2ProxyAuthRequest } from './oauth2-proxy.js';
export { pomerium } from './pomerium.js';
export { sandstorm } from './sandstorm.js';
export { tailscale } from './tailscale.js';
export { tinyauth } from './tinyauth.js';
export { vouch } from './vouch.js';
