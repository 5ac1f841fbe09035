import { bad } from './check-values.js';
import type { Endpoint, Plan } from './plan.js';
import type { ProxyName } from './proxy-names.js';

/** In a cluster, TLS to a Service is an object of its own, and a socket is nobody's. */
const CLUSTER: readonly Endpoint['scheme'][] = ['http'];

/** What each proxy cannot reach; what is not listed reaches everything. */
const REACHES: Partial<Record<ProxyName, readonly Endpoint['scheme'][]>> = {
  'traefik-file': ['http', 'https'],
  'traefik-labels': ['http', 'https'],
  'ingress-nginx': CLUSTER,
  istio: CLUSTER,
  'gateway-api': CLUSTER,
};

/** Those whose deletions hang on a question, or on objects that are written for one. */
const ALWAYS_ASKS: readonly ProxyName[] = ['ingress-nginx', 'istio', 'gateway-api'];

/** Those that put the request's own path behind the endpoint's. */
const ASKS_BY_EXT_AUTHZ: readonly ProxyName[] = ['envoy', 'istio', 'gateway-api'];

/** Refuses what a proxy cannot do with these settings. @throws CliError with the reason */
export function refuseCombination(proxy: ProxyName, plan: Plan): void {
  const { app, auth, server, endpoints } = plan;
  const reaches = REACHES[proxy];
  for (const [option, { scheme, url }] of [['--app', app] as const, ['--auth', auth] as const]) {
    if (reaches && !reaches.includes(scheme)) {
      throw bad(
        option,
        url,
        `is ${scheme === 'unix' ? 'a Unix socket' : scheme}, which ${proxy} cannot reach from what is written here`,
        'write for example http://app:3000, and keep the hop on a private network',
      );
    }
  }
  if (!endpoints && ALWAYS_ASKS.includes(proxy)) {
    throw bad(
      '--profile',
      server.id,
      `is a reverse proxy itself, and ${proxy} cannot be written as the hop in front of it`,
      'let it have a Service of its own, or take nginx, caddy, haproxy, traefik-file, apache or envoy',
    );
  }
  if (endpoints && endpoints.extAuthz === undefined && ASKS_BY_EXT_AUTHZ.includes(proxy)) {
    throw bad(
      '--profile',
      server.id,
      `has no endpoint that takes a path behind it, as ${proxy} asks`,
      'take nginx, caddy or haproxy',
    );
  }
}
