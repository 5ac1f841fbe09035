import type { Endpoint, Plan } from './plan.js';

/** Where Debian, Alpine and the images of nginx keep the authorities of the system. */
const SYSTEM_CA = '/etc/ssl/certs/ca-certificates.crt';

/**
 * What nginx passes a request on with: a `proxy_pass`, and for `https` the lines without which it would talk to anybody.
 *
 * @param path In the place of the request's own; undefined passes that on as it came.
 */
export function proxyPass({ upstreamCa }: Plan, to: Endpoint, path?: string): string {
  const url = to.socket === '' ? to.url : `http://unix:${to.socket}`;
  const target = path === undefined ? '' : `${to.socket === '' ? '' : ':'}${to.path}${path}`;
  const tls =
    to.scheme === 'https'
      ? `proxy_ssl_server_name on;
proxy_ssl_name ${to.host};
proxy_ssl_verify on;
proxy_ssl_verify_depth 3;
proxy_ssl_trusted_certificate ${upstreamCa ?? SYSTEM_CA};
`
      : '';
  return `${tls}proxy_pass ${url}${target};`;
}
