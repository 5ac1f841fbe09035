import type { ProxyProgram } from './run-proxy.js';

interface Ports {
  readonly app: number;
  readonly portal: number;
}

/** nginx with `auth_request`, the identity set from the authorization response alone (an empty value deletes the client's). */
export function nginx({ app, portal }: Ports): ProxyProgram {
  return {
    configure: (port, folder) => `
      daemon off; master_process off; error_log stderr; pid ${folder}/pid;
      events {}
      http {
        access_log off;
        client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
        fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
        server {
          listen 127.0.0.1:${port};
          location = /authz {
            internal;
            proxy_pass http://127.0.0.1:${portal}/api/authz/auth-request;
            proxy_pass_request_body off;
            proxy_set_header Content-Length "";
            proxy_set_header X-Original-Method $request_method;
            proxy_set_header X-Original-URL $scheme://$http_host$request_uri;
          }
          location / {
            auth_request /authz;
            auth_request_set $user $upstream_http_remote_user;
            auth_request_set $groups $upstream_http_remote_groups;
            auth_request_set $name $upstream_http_remote_name;
            auth_request_set $email $upstream_http_remote_email;
            auth_request_set $redirect $upstream_http_location;
            error_page 401 =302 $redirect;
            proxy_set_header Host $http_host;
            proxy_set_header Remote-User $user;
            proxy_set_header Remote-Groups $groups;
            proxy_set_header Remote-Name $name;
            proxy_set_header Remote-Email $email;
            proxy_pass http://127.0.0.1:${app};
          }
        }
      }`,
    command: (file, folder) => ['nginx', '-p', folder, '-c', file],
  };
}

/** Caddy with `forward_auth`; the client's copies and aliases are deleted first. */
export function caddy({ app, portal }: Ports): ProxyProgram {
  return {
    configure: (port) => `{
      admin off
      auto_https off
    }
    http://:${port} {
      bind 127.0.0.1
      # In a route the lines run as they are written; outside of one, request_header comes after forward_auth.
      route {
        request_header -Remote-*
        request_header -Remote_*
        forward_auth 127.0.0.1:${portal} {
          uri /api/authz/forward-auth
          copy_headers Remote-User Remote-Groups Remote-Name Remote-Email
        }
        reverse_proxy 127.0.0.1:${app}
      }
    }`,
    command: (file) => ['caddy', 'run', '--config', file, '--adapter', 'caddyfile'],
  };
}
