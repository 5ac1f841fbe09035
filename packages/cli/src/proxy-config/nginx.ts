import { heading, indent } from './heading.js';
import { nginxLocations } from './nginx-locations.js';
import type { Plan } from './plan.js';
import type { ProxyConfig } from './settings.js';
import { isAtLeast } from './versions.js';

const LISTENS =
  'without an address in --listen it is IPv4 alone: nginx would not start on a machine without IPv6. Both: --listen [::]:443.';
const INHERITS =
  'a location that you add with a proxy_set_header of its own inherits none of the server’s: copy all of "location /", or write none there.';
const ASKS =
  'nginx asks by auth_request, so the authorization server must answer 2xx, 401 or 403; anything else becomes 500.';

/** nginx 1.18 or later with `ngx_http_auth_request_module` (in every distribution's package). */
export function nginx(plan: Plan): ProxyConfig {
  const notes = [
    ...(plan.endpoints ? [ASKS] : []),
    INHERITS,
    ...(plan.listen.address === '' ? [LISTENS] : []),
  ];
  const head = heading(plan, `nginx${plan.snippet ? ' (server block)' : ''}`, notes);
  const body = plan.snippet ? serverBlock(plan) : completeFile(plan);
  return { text: `${head}\n\n${body}\n`, warnings: notes };
}

function completeFile(plan: Plan): string {
  const { stateDir } = plan;
  return `worker_processes auto;
pid ${stateDir}/nginx.pid;

events {}

http {
    include /etc/nginx/mime.types;
    client_body_temp_path ${stateDir}/body;
    proxy_temp_path ${stateDir}/proxy;
    fastcgi_temp_path ${stateDir}/fastcgi;
    uwsgi_temp_path ${stateDir}/uwsgi;
    scgi_temp_path ${stateDir}/scgi;
    underscores_in_headers off;
    ignore_invalid_headers on;
    server_tokens off;
    # The first server of a socket says how long a line may be.
    large_client_header_buffers 4 16k;

    # A request for another host, or for none, reaches nothing.
    server {
${indent(listenLines(plan, ' default_server'), '        ')}
        server_name _;
        return 421;
    }

${indent(serverBlock(plan), '    ')}
}`;
}

function serverBlock(plan: Plan): string {
  return `server {
${indent(listenLines(plan, ''), '    ')}
    server_name ${plan.domain};

${indent(nginxLocations(plan), '    ')}
}`;
}

/**
 * nginx does not start where it is told to listen on IPv6 and the machine has none: it does so only where that was asked for.
 */
export function listenAddresses(address: string): readonly string[] {
  if (address === '[::]') return ['', '[::]:'];
  return [address === '' ? '' : `${address}:`];
}

function listenLines({ listen: { address, port }, tls, version }: Plan, suffix: string): string {
  const modern = version !== undefined && isAtLeast(version, [1, 25, 1]);
  const options = `${tls ? ` ssl${modern ? '' : ' http2'}` : ''}${suffix}`;
  const addresses = listenAddresses(address).map((where) => `${where}${port}`);
  return [
    ...addresses.map((where) => `listen ${where}${options};`),
    ...(tls
      ? [
          ...(modern ? ['http2 on;'] : []),
          `ssl_certificate ${tls.cert};`,
          `ssl_certificate_key ${tls.key};`,
          'ssl_protocols TLSv1.2 TLSv1.3;',
        ]
      : []),
  ].join('\n');
}
