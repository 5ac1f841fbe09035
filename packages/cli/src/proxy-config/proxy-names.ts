/** What `proxy-config` can write, with a line about each. */
export const PROXIES = {
  nginx: 'nginx.conf, or the server block alone with --snippet',
  caddy: 'Caddyfile',
  'traefik-labels': 'Docker labels of the application, for Traefik',
  'traefik-file': 'dynamic configuration of Traefik, for its file provider',
  haproxy: 'haproxy.cfg, with a Lua action that asks the authorization server',
  'haproxy-lua': 'that Lua action, for HAProxy 2.5 or later, without other libraries',
  apache: 'Apache httpd as the outer hop: it has no forward authentication of its own',
  envoy: 'envoy.yaml',
  'nginx-proxy-manager': 'the “Advanced” tab of a proxy host',
  swag: 'a proxy-conf of LinuxServer SWAG',
  'ingress-nginx': 'Kubernetes Ingress with annotations',
  istio: 'Istio: extension provider, AuthorizationPolicy, EnvoyFilter',
  'gateway-api': 'Gateway API with Envoy Gateway’s policies',
} as const;

/** One of the proxies. */
export type ProxyName = keyof typeof PROXIES;

/** Tells whether a text is the name of a proxy. */
export function isProxyName(text: string): text is ProxyName {
  return Object.hasOwn(PROXIES, text);
}

/** What people write for them, and which to take. */
const HINTS: Readonly<Record<string, string>> = {
  traefik:
    'write traefik-labels where the application has its labels in a compose file, or traefik-file for a file of the file provider, which can do more',
  npm: 'write nginx-proxy-manager',
  httpd: 'write apache',
  apache2: 'write apache',
  ingress: 'write ingress-nginx, or gateway-api for something new',
  kubernetes: 'write gateway-api, istio or ingress-nginx',
  'envoy-gateway': 'write gateway-api',
};

/** What to write instead of a name that is not known. */
export function hintFor(name: string): string {
  const lower = name.toLowerCase();
  if (Object.hasOwn(HINTS, lower)) return HINTS[lower] ?? '';
  return `write one of ${Object.keys(PROXIES).join(', ')}`;
}
