import { ADDRESSES, BACK_NETWORK } from '../src/network/network.js';
import { type Edits, type RunningProxy, startProxy } from '../src/proxies/start-proxy.js';
import type { Authority, Issued } from '../src/tls/authority.js';
import { type MountedSecret, mountSecret } from '../src/tls/mounted-secret.js';
import type { Reply, Result } from '../src/wire/protocol.js';
import { APPS, type App } from '../src/world/apps.js';
import { DOMAIN, ORIGIN } from '../src/world/constants.js';
import type { World } from '../src/world/start-world.js';

/** The name in the certificate of the gateway, which the applications list. */
export const GATEWAY = 'gateway.trusted-header.svc';

/** Apps that speak TLS: `next start` does not. */
export const TLS_APPS: readonly App[] = APPS.filter(({ name }) =>
  ['hono', 'koa', 'nestjs'].includes(name),
);

/** The apps, and what is mounted for them and for the gateway, as in apps/deploy/kubernetes-mtls. */
export interface Deployment {
  /** Of the apps. */
  readonly appCertificate: Issued;
  readonly appSecret: MountedSecret;
  readonly gatewaySecret: MountedSecret;
  /** Starts a proxy that shows the gateway’s certificate. */
  startProxy(program: 'nginx' | 'caddy' | 'haproxy', app: App): Promise<RunningProxy>;
  remove(): void;
}

/** Issues the certificates, mounts them, and starts the apps, which believe the whole network together with a certificate. */
export async function startDeployment(
  world: World,
  authority: Authority,
  apps: readonly App[] = TLS_APPS,
): Promise<Deployment> {
  const appCertificate = authority.issue(APP_REQUEST);
  const gateway = authority.issue(GATEWAY_REQUEST);
  const appSecret = mountSecret({
    'tls.crt': appCertificate.cert,
    'tls.key': appCertificate.key,
    'ca.crt': authority.cert,
  });
  const gatewaySecret = mountSecret({ ...filesOf(gateway), 'ca.crt': authority.cert });
  const env = {
    TLS_CERT: appSecret.path('tls.crt'),
    TLS_KEY: appSecret.path('tls.key'),
    TLS_CLIENT_CA: appSecret.path('ca.crt'),
    PROXY_CERT_NAMES: GATEWAY,
  };
  await Promise.all(apps.map((app) => world.startApp(app, BACK_NETWORK, env)));
  return {
    appCertificate,
    appSecret,
    gatewaySecret,
    startProxy: (program, app) =>
      startProxy(world, program, app, showing(gatewaySecret), {
        app: `https://${ADDRESSES.app.back.ipv4}:${app.port}`,
        upstreamCa: gatewaySecret.path('ca.crt'),
      }),
    remove: () => {
      appSecret.remove();
      gatewaySecret.remove();
    },
  };
}

const { ipv4 } = ADDRESSES.app.back;

/** nginx and HAProxy compare the address as a name. */
export const APP_REQUEST = { names: [`DNS:${ipv4}`, `IP:${ipv4}`], usage: 'serverAuth' } as const;
export const GATEWAY_REQUEST = { names: [`DNS:${GATEWAY}`], usage: 'clientAuth' } as const;

/** What is in the gateway’s Secret. HAProxy wants both in one file. */
export function filesOf({ cert, key }: Issued): Readonly<Record<string, string>> {
  return { 'tls.crt': cert, 'tls.key': key, 'both.pem': cert + key };
}

/** The lines that the guide on proofs has for each program, added to what is generated. */
function showing(secret: MountedSecret): Edits {
  const [cert, key, both] = ['tls.crt', 'tls.key', 'both.pem'].map(secret.path);
  return {
    // In every location.
    nginx: before(
      'proxy_ssl_verify on;',
      `proxy_ssl_certificate ${cert}; proxy_ssl_certificate_key ${key};\n`,
    ),
    caddy: before('tls_trusted_ca_certs ', `tls_client_auth ${cert} ${key}\n`),
    haproxy: before('verify required ', `crt ${both} `),
  };
}

function before(find: string, added: string): (text: string) => string {
  return (text) => {
    if (!text.includes(find)) throw new Error(`nothing is there to add it to: ${find}`);
    return text.replaceAll(find, added + find);
  };
}

/** Asks who one is, as john and through the proxy. */
export async function askThrough(
  { agents, cookies }: World,
  count: number,
): Promise<readonly string[]> {
  const request = {
    path: '/whoami',
    headers: [
      ['Host', DOMAIN],
      ['Cookie', cookies.john],
    ],
  } as const;
  const result = await agents.client.send({
    kind: 'requests',
    to: { address: ADDRESSES.proxy.front.ipv4, port: 443, tls: DOMAIN },
    version: '1.1',
    requests: Array.from({ length: count }, () => request),
  });
  return answersIn(result);
}

/** Asks the app who one is, as a neighbour of the proxy that claims to be john. */
export async function askDirectly(
  { agents }: World,
  { port }: App,
  certificate: Issued | undefined,
  path = '/whoami',
): Promise<readonly string[]> {
  const lines = path === '/healthz' ? [] : [['Remote-User', 'john'] as const];
  const result = await agents.attacker.send({
    kind: 'requests',
    to: { address: ipv4, port, tls: DOMAIN, ...(certificate && { certificate }) },
    version: '1.1',
    requests: [{ path, headers: [['Host', new URL(ORIGIN).host], ...lines] }],
  });
  return answersIn(result);
}

function answersIn(result: Result): readonly string[] {
  return result.kind === 'replies' ? result.replies.map(answerIn) : [JSON.stringify(result)];
}

/** `200 john`, `403 proof-missing`, or the status with the body. */
function answerIn({ status, body }: Reply): string {
  if (!body.startsWith('{')) return `${status} ${body}`;
  const { identity, code }: { identity?: { user?: string }; code?: string } = JSON.parse(body);
  return `${status} ${identity?.user ?? code}`;
}
