import type { ProfileId } from './known-profiles.js';

/** What is known of a product beside its headers. For people who choose a profile; no decision hangs on it. */
export interface ProfileFacts {
  /** As its makers write it. */
  readonly product: string;
  /** What it sends for somebody who is not signed in, and is let through all the same. */
  readonly nobody: string;
  /**
   * Its address alone is enough to believe the headers, provided that nothing else connects from there, and that it deletes what
   * clients send. Otherwise something else has to prove them: a signed assertion, a client certificate, a shared secret.
   */
  readonly isAddressEnough: boolean;
  /** Why, in a sentence or two. */
  readonly why: string;
  /** Where all of that is documented: pages, or files of its source. */
  readonly sources: readonly string[];
}

/**
 * The facts about every profile. They are not in the main entry, since the request path needs none of them; plain texts, so that
 * bundlers leave them out of an application that takes one profile.
 */
export const PROFILE_FACTS: Readonly<Record<ProfileId, ProfileFacts>> = {
  authelia: {
    product: 'Authelia',
    nobody: 'No header, on a path with the policy `bypass`.',
    isAddressEnough: true,
    why: 'Another proxy asks it, and copies its answer: the address is that proxy’s. It must delete a client’s headers where the answer has none.',
    sources: [
      'https://www.authelia.com/integration/trusted-header-sso/introduction/',
      'authelia/authelia: internal/handlers/handler_authz_common.go',
    ],
  },
  authentik: {
    product: 'authentik',
    nobody: 'No header, on a path that is open to everybody.',
    isAddressEnough: true,
    why: 'Another proxy asks it, and copies its answer: the address is that proxy’s. With `X-authentik-jwt` the headers can be proven as well.',
    sources: [
      'https://docs.goauthentik.io/add-secure-apps/providers/proxy/',
      'goauthentik/authentik: internal/outpost/proxyv2/application/mode_common.go',
    ],
  },
  'aws-alb': {
    product: 'AWS Application Load Balancer',
    nobody: 'No header, with `OnUnauthenticatedRequest: allow`.',
    isAddressEnough: false,
    why: 'A load balancer has several addresses, which change. AWS asks to verify the signature and the signer of `X-Amzn-Oidc-Data`.',
    sources: [
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html',
      'https://aws.amazon.com/blogs/networking-and-content-delivery/security-best-practices-when-using-alb-authentication/',
    ],
  },
  'azure-easy-auth': {
    product: 'Azure App Service authentication',
    nobody: 'No header, where unauthenticated requests are allowed.',
    isAddressEnough: false,
    why: 'The platform removes a client’s headers, but the address that it connects from is none that you can list. Only the ID token in `X-MS-TOKEN-AAD-ID-TOKEN` is signed.',
    sources: [
      'https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities',
    ],
  },
  'caddy-security': {
    product: 'caddy-security (AuthCrunch)',
    nobody: 'No header, on a path that is bypassed.',
    isAddressEnough: true,
    why: 'It is the proxy. New versions clear a client’s headers first; for older ones, delete them in the Caddyfile.',
    sources: [
      'https://docs.authcrunch.com/docs/authorize/headers',
      'greenpau/go-authcrunch: pkg/authz/authenticate.go',
    ],
  },
  'cloudflare-access': {
    product: 'Cloudflare Access',
    nobody: 'No header, on a path that is bypassed.',
    isAddressEnough: false,
    why: 'Every customer of Cloudflare reaches you from its addresses, and whoever is on the machine of `cloudflared` from that one. Verify `Cf-Access-Jwt-Assertion`.',
    sources: [
      'https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/application-token/',
      'https://community.cloudflare.com/t/210484',
    ],
  },
  gatekeeper: {
    product: 'Gatekeeper (for Keycloak)',
    nobody: 'No header of its own, on a white-listed path: a client’s passes.',
    isAddressEnough: true,
    why: 'It is the proxy, but deletes no client’s headers on white-listed paths: let a proxy in front of it do so.',
    sources: [
      'https://gogatekeeper.github.io/configuration/',
      'gogatekeeper/gatekeeper: pkg/proxy/middleware/base.go',
    ],
  },
  'google-iap': {
    product: 'Google Cloud Identity-Aware Proxy',
    nobody: 'No header, on health checks.',
    isAddressEnough: false,
    why: 'Google’s front ends serve everybody, and Google says that these headers are no security mechanism. Verify `X-Goog-IAP-JWT-Assertion`.',
    sources: ['https://docs.cloud.google.com/iap/docs/identity-howto'],
  },
  kubernetes: {
    product: 'Kubernetes, authenticating proxy',
    nobody: 'The user `system:anonymous`, in the group `system:unauthenticated`.',
    isAddressEnough: false,
    why: 'Kubernetes itself believes these headers after a verified client certificate only. In a cluster an address tells nobody from a neighbour.',
    sources: [
      'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#authenticating-proxy',
      'kubernetes/kubernetes: staging/src/k8s.io/apiserver/pkg/authentication/request/headerrequest/requestheader.go',
    ],
  },
  linkerd: {
    product: 'Linkerd',
    nobody: 'No header, for a call without mutual TLS.',
    isAddressEnough: false,
    why: 'Its proxy connects from the loopback address, as any process in the pod can.',
    sources: ['linkerd/linkerd2-proxy: linkerd/app/inbound/src/http/set_identity_header.rs'],
  },
  'mod-auth-openidc': {
    product: 'mod_auth_openidc (Apache)',
    nobody: 'No header, with `OIDCUnAuthAction pass`.',
    isAddressEnough: true,
    why: 'It is the proxy, and removes all `OIDC_*` that clients send where it is active; on other paths Apache passes them on.',
    sources: [
      'https://github.com/OpenIDC/mod_auth_openidc/blob/master/auth_openidc.conf',
      'OpenIDC/mod_auth_openidc: src/util/appinfo.c, src/mod_auth_openidc.c',
    ],
  },
  'oauth2-proxy': {
    product: 'oauth2-proxy',
    nobody: 'No header, on a path of `--skip-auth-route`.',
    isAddressEnough: true,
    why: 'It is the proxy, and deletes what clients send under these names. Other spellings of them too, since its mend of CVE-2025-64484.',
    sources: [
      'https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview',
      'oauth2-proxy/oauth2-proxy: pkg/middleware/headers.go',
    ],
  },
  'oauth2-proxy-auth-request': {
    product: 'oauth2-proxy, asked by another proxy',
    nobody: 'No header, on a path of `--skip-auth-route`.',
    isAddressEnough: true,
    why: 'Another proxy asks it, and copies its answer: the address is that proxy’s. It must delete a client’s headers where the answer has none.',
    sources: [
      'https://oauth2-proxy.github.io/oauth2-proxy/configuration/integration',
      'oauth2-proxy/oauth2-proxy: pkg/apis/options/legacy_options.go',
    ],
  },
  pomerium: {
    product: 'Pomerium',
    nobody: 'Empty headers, on a route with public access.',
    isAddressEnough: true,
    why: 'It is the proxy, and deletes what clients send under these names. With `X-Pomerium-Jwt-Assertion` they can be proven as well.',
    sources: [
      'https://www.pomerium.com/docs/reference/jwt-claim-headers',
      'pomerium/pomerium: authorize/evaluator/headers_evaluator_evaluation.go',
    ],
  },
  sandstorm: {
    product: 'Sandstorm',
    nobody: 'No id, and the display name “Anonymous User”, with permissions.',
    isAddressEnough: true,
    why: 'Its bridge is the only one that reaches the application in its grain.',
    sources: ['https://docs.sandstorm.io/en/latest/developing/auth/'],
  },
  shibboleth: {
    product: 'Shibboleth service provider',
    nobody: 'Empty headers (`unsetHeaderValue`), where sessions are not required.',
    isAddressEnough: true,
    why: 'It is the proxy, and clears these headers where it is active; on other paths a client’s pass.',
    sources: [
      'https://shibboleth.atlassian.net/wiki/spaces/SP3/pages/2065335257/AttributeAccess',
      'https://shibboleth.atlassian.net/wiki/spaces/SP3/pages/2065335299/SpoofChecking',
      'shibboleth/cpp-sp: apache/mod_shib.cpp, shibsp/ServiceProvider.cpp',
    ],
  },
  siteminder: {
    product: 'SiteMinder',
    nobody: 'No `SM_USER`; with an anonymous authentication scheme, the name of its guest.',
    isAddressEnough: true,
    why: 'Its agent runs in the proxy. Whether it deletes a client’s headers on ignored paths is not documented: let the proxy do so.',
    sources: [
      'https://techdocs.broadcom.com/us/en/symantec-security-software/identity-security/siteminder/12-8/configuring/web-agent-configuration/web-application-protection/default-http-headers-used-by-the-product.html',
      'https://knowledge.broadcom.com/external/article/234811/http-smuser-header-presence-and-scenario.html',
    ],
  },
  tailscale: {
    product: 'Tailscale Serve',
    nobody: 'No header, for tagged nodes and for visitors through Funnel.',
    isAddressEnough: false,
    why: 'Serve connects from the loopback address, as any local process can; with userspace networking so does the whole tailnet. Ask tailscaled who it is.',
    sources: [
      'https://tailscale.com/kb/1312/serve#identity-headers',
      'tailscale/tailscale: ipn/ipnlocal/serve.go',
    ],
  },
  tinyauth: {
    product: 'Tinyauth',
    nobody: 'No header, on a path or from an address that is bypassed.',
    isAddressEnough: true,
    why: 'Another proxy asks it, and copies its answer: the address is that proxy’s. It must delete a client’s headers where the answer has none.',
    sources: ['tinyauthapp/tinyauth: internal/controller/proxy_controller.go'],
  },
  vouch: {
    product: 'Vouch Proxy',
    nobody: 'An empty `X-Vouch-User`, with `publicAccess`.',
    isAddressEnough: true,
    why: 'Another proxy asks it, and copies its answer: the address is that proxy’s. It must delete a client’s headers where the answer has none.',
    sources: ['https://github.com/vouch/vouch-proxy', 'vouch/vouch-proxy: handlers/validate.go'],
  },
  yunohost: {
    product: 'YunoHost',
    nobody: 'No header, for a visitor of a public application.',
    isAddressEnough: false,
    why: 'nginx connects from the loopback address, as any process on the server can, those of other applications among them.',
    sources: [
      'YunoHost/doc: pages/06.contribute/10.packaging_apps/60.advanced/30.sso_ldap_integration/sso_ldap_integration.md',
    ],
  },
};
