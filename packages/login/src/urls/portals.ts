import type { ProfileId } from '@trusted-header/core';

/** Where a product signs people in and out. */
export interface Portal {
  /** `own`: it has an address of its own, `portal`. `here`: it answers under the application's own origin. */
  readonly at: 'own' | 'here';
  readonly signIn?: PortalPage;
  readonly signOut?: PortalPage;
}

interface PortalPage {
  readonly path: string;
  /** The parameter that takes the way back, an absolute URL. */
  readonly returnTo?: string;
}

/**
 * The pages of each product, and where they are documented. A product that is not here has none, or none that is documented;
 * so has one without `signIn`: it asks people to sign in by itself when they go to a page that it protects.
 */
export const PORTALS: Readonly<Partial<Record<ProfileId, Portal>>> = {
  /** https://www.authelia.com/integration/proxies/nginx/ (`?rd=`); `/logout?rd=` is what its own portal reads. */
  authelia: {
    at: 'own',
    signIn: { path: '/', returnTo: 'rd' },
    signOut: { path: '/logout', returnTo: 'rd' },
  },
  /** https://docs.goauthentik.io/add-secure-apps/providers/proxy/ ("Logging out"), its nginx page (`start?rd=`). */
  authentik: {
    at: 'here',
    signIn: { path: '/outpost.goauthentik.io/start', returnTo: 'rd' },
    signOut: { path: '/outpost.goauthentik.io/sign_out' },
  },
  /**
   * https://learn.microsoft.com/azure/app-service/configure-authentication-customize-sign-in-out; the sign-in page is that
   * of Microsoft Entra.
   */
  'azure-easy-auth': {
    at: 'here',
    signIn: { path: '/.auth/login/aad', returnTo: 'post_login_redirect_uri' },
    signOut: { path: '/.auth/logout', returnTo: 'post_logout_redirect_uri' },
  },
  /** https://docs.authcrunch.com/docs/authenticate/auth-portal; `portal` has its path: `https://auth.example.com/auth`. */
  'caddy-security': {
    at: 'own',
    signIn: { path: '/login', returnTo: 'redirect_url' },
    signOut: { path: '/logout' },
  },
  /** https://developers.cloudflare.com/cloudflare-one/access-controls/access-settings/session-management/ */
  'cloudflare-access': { at: 'here', signOut: { path: '/cdn-cgi/access/logout' } },
  /** https://gogatekeeper.github.io/configuration/ ("Logout endpoint"). */
  gatekeeper: { at: 'here', signOut: { path: '/oauth/logout', returnTo: 'redirect' } },
  /** https://oauth2-proxy.github.io/oauth2-proxy/features/endpoints/ ("Sign out"). It clears its own cookie only. */
  'oauth2-proxy': {
    at: 'here',
    signIn: { path: '/oauth2/start', returnTo: 'rd' },
    signOut: { path: '/oauth2/sign_out', returnTo: 'rd' },
  },
  /** As `oauth2-proxy`. */
  'oauth2-proxy-auth-request': {
    at: 'here',
    signIn: { path: '/oauth2/start', returnTo: 'rd' },
    signOut: { path: '/oauth2/sign_out', returnTo: 'rd' },
  },
  /** https://www.pomerium.com/docs/reference/signout-redirect-url; newer ones follow the parameter by a flag only. */
  pomerium: {
    at: 'here',
    signOut: { path: '/.pomerium/sign_out', returnTo: 'pomerium_redirect_uri' },
  },
  /** https://tinyauth.app/docs/guides/nginx-proxy-manager (`/login?redirect_uri=`); `/logout` is its page for it. */
  tinyauth: {
    at: 'own',
    signIn: { path: '/login', returnTo: 'redirect_uri' },
    signOut: { path: '/logout' },
  },
  /** https://github.com/vouch/vouch-proxy ("Logging Out", "/login and /logout endpoint redirection"). */
  vouch: {
    at: 'own',
    signIn: { path: '/login', returnTo: 'url' },
    signOut: { path: '/logout', returnTo: 'url' },
  },
};
