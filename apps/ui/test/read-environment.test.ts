import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readEnvironment } from '../src/start/read-environment.js';

const SECRET = '0123456789abcdef0123456789abcdef';

let folder: string;
const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trusted-header-environment-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('readEnvironment', () => {
  it('listens on 127.0.0.1:3000 and trusts nobody, unless told otherwise', () => {
    expect(readEnvironment({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      settings: { trustedProxies: '', portalUrl: undefined, appUrl: undefined, proofs: {} },
      tlsFiles: undefined,
    });
  });

  it('takes what it is told', () => {
    expect(
      readEnvironment({
        PORT: '65535',
        HOST: '::1',
        TRUSTED_PROXIES: 'dns:traefik',
        PORTAL_URL: 'https://auth.example.com',
        APP_URL: '',
        PROXY_SECRET: `${SECRET}, old-${SECRET}`,
      }),
    ).toEqual({
      port: 65_535,
      host: '::1',
      settings: {
        trustedProxies: 'dns:traefik',
        portalUrl: 'https://auth.example.com',
        appUrl: undefined,
        proofs: { sharedSecret: { header: 'X-Proxy-Secret', values: [SECRET, `old-${SECRET}`] } },
      },
      tlsFiles: undefined,
    });
  });

  it.each(['65536', '-1', '3e3', '0x50', '80.5', ' 80', ''])('refuses the port %j', (PORT) => {
    expect(() => readEnvironment({ PORT })).toThrow('is not a port');
  });

  it('refuses an address in another case, since cookies are Secure where APP_URL begins with https:', () => {
    expect(() => readEnvironment({ APP_URL: 'HTTPS://app.example.com' })).toThrow(
      'is not a web address',
    );
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'localhost:9091', 'http://', '//evil.test'])(
    'refuses the portal address %j',
    (PORTAL_URL) => {
      expect(() => readEnvironment({ PORTAL_URL })).toThrow('is not a web address');
    },
  );
});

describe('the secret of the proxy', () => {
  it('is read from a file, without its line’s end', () => {
    const PROXY_SECRET_FILE = write('secret', `${SECRET}\n`);
    expect(readEnvironment({ PROXY_SECRET_FILE }).settings.proofs).toEqual({
      sharedSecret: { header: 'X-Proxy-Secret', values: [SECRET] },
    });
  });

  it('is asked for, though its file is empty: the app does not start without it', () => {
    const PROXY_SECRET_FILE = write('empty', '');
    expect(readEnvironment({ PROXY_SECRET_FILE }).settings.proofs).toEqual({
      sharedSecret: { header: 'X-Proxy-Secret', values: [''] },
    });
  });

  it('is said to be missing where its file is', () => {
    const PROXY_SECRET_FILE = join(folder, 'nowhere');
    expect(() => readEnvironment({ PROXY_SECRET_FILE })).toThrow(
      /^PROXY_SECRET_FILE: ".*nowhere" cannot be used: (Error: )?ENOENT/,
    );
  });
});

describe('TLS', () => {
  it.each([
    [{ TLS_CERT: '/run/tls/tls.crt' }, ['TLS_KEY', 'TLS_CLIENT_CA']],
    [{ TLS_CERT: '/run/tls/tls.crt', TLS_KEY: '/run/tls/tls.key' }, ['TLS_CLIENT_CA']],
    // Nobody would ask the proxy for a certificate, and every request would be refused.
    [{ PROXY_CERT_NAMES: 'gateway.internal' }, ['TLS_CERT', 'TLS_KEY', 'TLS_CLIENT_CA']],
  ])('needs all of its settings, and %j are not', (env, missing) => {
    const lines = missing.map((name) => expect.stringMatching(`^${name}: "" is not set; `));
    expect(messageOf(env).split('\n')).toEqual(lines);
  });

  it('does not start on files that are no certificates', () => {
    const text = write('text', 'no certificate');
    expect(messageOf({ TLS_CERT: text, TLS_KEY: text, TLS_CLIENT_CA: text })).toMatch(
      /^TLS_CERT: ".*" cannot be used: .*text holds no certificate; write /,
    );
  });
});

function messageOf(env: Readonly<Record<string, string>>): string {
  try {
    readEnvironment(env);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'it was taken';
}
