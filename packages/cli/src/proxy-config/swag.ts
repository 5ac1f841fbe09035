import { heading, indent } from './heading.js';
import { listenAddresses } from './nginx.js';
import { nginxLocations } from './nginx-locations.js';
import type { Plan } from './plan.js';
import type { ProxyConfig } from './settings.js';

/** A proxy-conf of LinuxServer SWAG, which brings its own TLS settings. */
export function swag(plan: Plan): ProxyConfig {
  const notes = [
    `put this into /config/nginx/proxy-confs/${plan.name}.subdomain.conf, and include neither proxy.conf nor authelia-location.conf in it.`,
    'nginx looks the names in proxy_pass up once, when it starts: restart SWAG after the containers have moved.',
    'this was written from the documentation; the nginx inside was checked, the program around it was not run.',
  ];
  const text = `${heading(plan, 'SWAG proxy-conf', notes)}

server {
${listenAddresses(plan.listen.address)
  .map((where) => `    listen ${where}${plan.listen.given ? plan.listen.port : 443} ssl;`)
  .join('\n')}
    server_name ${plan.domain};
    include /config/nginx/ssl.conf;

${indent(nginxLocations(plan), '    ')}
}
`;
  return { text, warnings: notes };
}
