import type { ProxyName, ProxySettings } from '@trusted-header/cli';

/** What `npx @trusted-header/cli proxy-config` has written here, and from what. */
export const GENERATED: readonly {
  readonly file: URL;
  readonly proxy: ProxyName;
  readonly settings: ProxySettings;
  /** Adds what the generator does not write. */
  readonly edit?: (text: string) => string;
}[] = [
  {
    file: new URL('../compose/caddy/app.caddy', import.meta.url),
    proxy: 'caddy',
    settings: {
      app: 'http://app:3000',
      auth: 'http://authelia:9091',
      domain: 'app.example.com',
      portal: 'https://auth.example.com',
      proxyAddress: '172.28.5.2',
      proxyVersion: '2.11.2',
    },
  },
  {
    file: new URL('../compose-dns/traefik/app.yml', import.meta.url),
    proxy: 'traefik-file',
    settings: {
      app: 'http://app:3000',
      auth: 'http://authelia:9091',
      domain: 'app.example.com',
      portal: 'https://auth.example.com',
      proxyAddress: 'dns:traefik',
      proxyVersion: '3.7.13',
    },
  },
  {
    file: new URL('../one-host/caddy/app.caddy', import.meta.url),
    proxy: 'caddy',
    settings: {
      app: 'http://127.0.0.1:3000',
      auth: 'http://127.0.0.1:9091',
      domain: 'app.example.com',
      portal: 'https://auth.example.com',
      proxyAddress: '127.0.0.1',
      proxyVersion: '2.11.2',
    },
    edit: withSecret,
  },
  {
    file: new URL('../kubernetes/app-route.yaml', import.meta.url),
    proxy: 'gateway-api',
    settings: {
      app: 'http://app:3000',
      auth: 'http://authelia:9091',
      domain: 'app.example.com',
      portal: 'https://auth.example.com',
      proxyAddress: '10.244.0.0/16',
    },
  },
];

/** In place of what a client sends under that name. Caddy reads the file for each request. */
function withSecret(text: string): string {
  const last = '\t\t\tflush_interval -1\n';
  const line = '\t\t\theader_up X-Proxy-Secret {file./run/secrets/proxy_secret}\n';
  const parts = text.split(last);
  if (parts.length !== 2) throw new Error('there is not one place for the secret');
  return parts.join(last + line);
}
