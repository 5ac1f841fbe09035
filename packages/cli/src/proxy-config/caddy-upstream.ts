import type { Endpoint, Plan } from './plan.js';

/** As `reverse_proxy` names it: `http://app:3000`, `unix//run/app.sock`. */
export function caddyUpstream({ url, socket }: Endpoint): string {
  return socket === '' ? url : `unix/${socket}`;
}

/** Caddy verifies what it reaches by https; the lines for authorities that the system does not know. */
export function trustLines({ upstreamCa }: Plan, { scheme }: Endpoint): string {
  if (scheme !== 'https' || upstreamCa === undefined) return '';
  return `
	transport http {
		tls_trusted_ca_certs ${upstreamCa}
	}`;
}
