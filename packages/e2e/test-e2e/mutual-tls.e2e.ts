import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADDRESSES } from '../src/network/network.js';
import { type Authority, createAuthority, type Issued } from '../src/tls/authority.js';
import { startWorld, type World } from '../src/world/start-world.js';
import {
  askDirectly,
  askThrough,
  type Deployment,
  GATEWAY,
  startDeployment,
  TLS_APPS,
} from './mutual-tls-world.js';

/** As in apps/deploy/kubernetes-mtls: the whole network is trusted, and the gateway’s certificate is asked for. */
let world: World;
let authority: Authority;
let deployment: Deployment;

beforeAll(async () => {
  world = await startWorld();
  authority = createAuthority('app-ca');
  deployment = await startDeployment(world, authority);
});
afterAll(async () => {
  deployment?.remove();
  authority?.remove();
  await world?.stop();
});

describe.each(['nginx', 'caddy', 'haproxy'] as const)(
  '%s with the gateway’s certificate',
  (name) => {
    it.each(TLS_APPS)('is believed by the $name app', async (app) => {
      const proxy = await deployment.startProxy(name, app);
      const replies = await askThrough(world, 5);
      await proxy.stop();
      expect(replies).toEqual(Array.from({ length: 5 }, () => '200 john'));
    });
  },
);

describe('a neighbour of the gateway, from the same trusted network', () => {
  const stranger = createAuthority('app-ca');
  afterAll(() => stranger.remove());

  it.each<[what: string, certificate: () => Issued | undefined, answer: string]>([
    ['without a certificate', () => undefined, '403 proof-missing'],
    [
      'with its own, of the same authority',
      () => authority.issue({ names: ['DNS:neighbour.internal'], usage: 'clientAuth' }),
      '403 proof-invalid',
    ],
    ['with the app’s', () => deployment.appCertificate, '403 proof-invalid'],
    [
      'with the gateway’s name, of an authority with the same name',
      () => stranger.issue({ names: [`DNS:${GATEWAY}`], usage: 'clientAuth' }),
      '403 proof-invalid',
    ],
  ])('%s', async (_, certificate, answer) => {
    for (const app of TLS_APPS) {
      expect(await askDirectly(world, app, certificate())).toEqual([answer]);
    }
  });

  it('reaches nothing by plain HTTP', async () => {
    const to = { address: ADDRESSES.app.back.ipv4, port: TLS_APPS[0]?.port ?? 0 };
    const parts = ['GET /whoami HTTP/1.1\r\nHost: app.localhost\r\nRemote-User: john\r\n\r\n'];
    const result = await world.agents.attacker.send({ kind: 'raw', to, parts, quietMs: 300 });
    expect(result).toEqual({ kind: 'raw', received: '', isClosed: true });
  });

  it('without a certificate gets an answer to a health check, as the kubelet does', async () => {
    for (const app of TLS_APPS) {
      expect(await askDirectly(world, app, undefined, '/healthz')).toEqual(['200 ok']);
    }
  });
});
