import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from '../src/start/read-environment.js';

describe('readEnvironment', () => {
  it('listens on 127.0.0.1:3000 and trusts nobody, unless told otherwise', () => {
    expect(readEnvironment({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      settings: { trustedProxies: '', portalUrl: undefined, appUrl: undefined },
    });
  });

  it('takes what it is told', () => {
    expect(
      readEnvironment({
        PORT: '65535',
        HOST: '::1',
        TRUSTED_PROXIES: '172.20.0.2',
        PORTAL_URL: 'https://auth.example.com',
        APP_URL: '',
      }),
    ).toEqual({
      port: 65_535,
      host: '::1',
      settings: {
        trustedProxies: '172.20.0.2',
        portalUrl: 'https://auth.example.com',
        appUrl: undefined,
      },
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
