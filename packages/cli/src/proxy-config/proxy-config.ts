import { auditTrustedProxies } from '@trusted-header/core';
import { apache } from './apache.js';
import { caddy } from './caddy.js';
import { certificateNotes } from './certificate-notes.js';
import { bad } from './check-values.js';
import { compilePlan } from './compile-plan.js';
import { envoy } from './envoy.js';
import { familyNotes } from './family-notes.js';
import { gatewayApi } from './gateway-api.js';
import { haproxy } from './haproxy.js';
import { haproxyLua } from './haproxy-lua.js';
import { comment } from './heading.js';
import { ingressNginx } from './ingress-nginx.js';
import { istio } from './istio.js';
import { nginx } from './nginx.js';
import { nginxProxyManager } from './nginx-proxy-manager.js';
import type { Plan } from './plan.js';
import { hintFor, isProxyName, type ProxyName } from './proxy-names.js';
import { refuseCombination } from './refuse-combination.js';
import type { ProxyConfig, ProxySettings } from './settings.js';
import { swag } from './swag.js';
import { traefikFile } from './traefik-file.js';
import { traefikLabels } from './traefik-labels.js';
import { refuseBadVersion } from './versions.js';

const TEMPLATES: Readonly<Record<ProxyName, (plan: Plan) => ProxyConfig>> = {
  nginx,
  caddy,
  'traefik-labels': traefikLabels,
  'traefik-file': traefikFile,
  haproxy,
  'haproxy-lua': haproxyLua,
  apache,
  envoy,
  'nginx-proxy-manager': nginxProxyManager,
  swag,
  'ingress-nginx': ingressNginx,
  istio,
  'gateway-api': gatewayApi,
};

/**
 * Writes a reverse proxy's configuration in which nobody but the authorization server names a user.
 *
 * Refuses settings that could break out of the file, and versions of the proxy that are known to be unsafe. What
 * cannot be made safe is in `warnings`, and in the file as a comment.
 *
 * @throws An `Error` named `CliError` whose message names the option, the value, and what to write.
 *
 * @example
 * ```ts
 * import { proxyConfig } from '@trusted-header/cli';
 *
 * const { text, warnings } = proxyConfig('nginx', {
 *   app: 'http://app:3000',
 *   auth: 'http://authelia:9091',
 *   domain: 'app.example.com',
 *   proxyAddress: '172.20.0.2',
 * });
 * console.log(text, warnings);
 * ```
 */
export function proxyConfig(proxy: ProxyName, settings: ProxySettings): ProxyConfig {
  if (!isProxyName(proxy)) {
    throw bad('proxy', String(proxy), 'is not known here', hintFor(String(proxy)));
  }
  const plan = compilePlan(settings);
  refuseCombination(proxy, plan);
  if (plan.version) refuseBadVersion(proxy, plan.version);
  const { text, warnings } = TEMPLATES[proxy](plan);
  const notes = [...auditWarnings(plan), ...certificateNotes(proxy, plan)];
  // Everything but Lua has # for a comment, and what is said about a setting belongs beside it.
  const isCommented = notes.length > 0 && proxy !== 'haproxy-lua';
  return {
    text: isCommented ? `${comment(notes)}\n#\n${text}` : text,
    warnings: [...notes, ...warnings, ...familyNotes(plan)],
  };
}

function auditWarnings({ proxyAddress }: Plan): string[] {
  if (proxyAddress === undefined) return [];
  return auditTrustedProxies(proxyAddress).map(
    ({ entry, why, instead }) => `--proxy-address: ${entry} ${why}; ${instead}`,
  );
}
