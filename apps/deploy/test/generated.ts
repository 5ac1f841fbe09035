import type { ProxyName, ProxySettings } from '@trusted-header/cli';

/** What `npx @trusted-header/cli proxy-config` has written here, and from what. */
export const GENERATED: readonly {
  readonly file: URL;
  readonly proxy: ProxyName;
  readonly settings: ProxySettings;
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
