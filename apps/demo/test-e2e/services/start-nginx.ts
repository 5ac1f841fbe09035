import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, type TemporaryServer } from './temporary-server.js';

/** What stands where. */
export interface NginxPlan {
  /** The port of the portal, which is asked about each request. */
  readonly portal: number;
  /** The ports of the app's instances. */
  readonly instances: readonly [number, number];
  /** Where nginx listens: for both in turn, and for each alone. */
  readonly both: number;
  readonly each: readonly [number, number];
}

/** Starts Debian's nginx in front of two instances of one app, as in Authelia's documentation. */
export async function startNginx(plan: NginxPlan): Promise<TemporaryServer> {
  const folder = mkdtempSync(join(tmpdir(), 'e2e-nginx-'));
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configOf(plan, folder));
  const args = ['-c', file, '-e', join(folder, 'error.log'), '-g', 'daemon off;'];
  const server = await startServer({ program: 'nginx', args, port: plan.each[1] });
  return {
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configOf({ portal, instances, both, each }: NginxPlan, folder: string): string {
  const [one, two] = instances;
  return `
pid ${folder}/nginx.pid;
worker_processes 1;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
  upstream both { server 127.0.0.1:${one}; server 127.0.0.1:${two}; }
  ${serverOf(both, 'both', portal)}
  ${serverOf(each[0], `127.0.0.1:${one}`, portal)}
  ${serverOf(each[1], `127.0.0.1:${two}`, portal)}
}
`;
}

function serverOf(port: number, upstream: string, portal: number): string {
  return `
  server {
    listen 127.0.0.1:${port};
    location = /internal/authz {
      internal;
      proxy_pass http://127.0.0.1:${portal}/api/authz/auth-request;
      proxy_pass_request_body off;
      proxy_set_header Content-Length "";
      proxy_set_header X-Original-Method $request_method;
      proxy_set_header X-Original-URL $scheme://$http_host$request_uri;
      proxy_set_header Host $http_host;
    }
    location / {
      auth_request /internal/authz;
      auth_request_set $user $upstream_http_remote_user;
      auth_request_set $groups $upstream_http_remote_groups;
      auth_request_set $name $upstream_http_remote_name;
      auth_request_set $email $upstream_http_remote_email;
      proxy_set_header Remote-User $user;
      proxy_set_header Remote-Groups $groups;
      proxy_set_header Remote-Name $name;
      proxy_set_header Remote-Email $email;
      proxy_set_header Host $http_host;
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_pass http://${upstream};
    }
  }`;
}
