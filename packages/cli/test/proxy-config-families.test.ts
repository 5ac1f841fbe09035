import { describe, expect, it } from '@jest/globals';
import { proxyConfig } from '../src/index.js';
import { runCli } from './fake-io.js';

const noteFor = (app: string, proxyAddress?: string): string | undefined =>
  proxyConfig('nginx', {
    app,
    auth: 'http://authelia:9091',
    domain: 'app.example.com',
    ...(proxyAddress === undefined ? {} : { proxyAddress }),
  }).warnings.find((warning) => /^--app is a name/.test(warning));

describe('an application’s name that may have addresses of both families', () => {
  it('says that the proxy may come by IPv6', () => {
    expect(noteFor('http://app:3000', '172.30.0.2')).toBe(
      '--app is a name (app): where it has an IPv6 address as well, the proxy may connect by IPv6, from an address that is not listed, and get 403. List both: --proxy-address 172.30.0.2,<the proxy’s IPv6 address>',
    );
  });

  it('says that it may come by IPv4', () => {
    expect(noteFor('http://app:3000', 'fd00:30::2')).toBe(
      '--app is a name (app): where it has an IPv4 address as well, the proxy may connect by IPv4, from an address that is not listed, and get 403. List both: --proxy-address fd00:30::2,<the proxy’s IPv4 address>',
    );
  });

  it.each([
    ['localhost has two addresses nearly everywhere', 'http://localhost:3000', '127.0.0.1'],
    ['a mapped address is an IPv4 address', 'https://app', '::ffff:172.30.0.2'],
    ['two of the same family', 'http://app:3000', '172.30.0.2,172.30.0.3'],
    ['a block has a family, too', 'http://app:3000', '10.1.2.0/28'],
    ['a socket beside it is no address', 'http://app:3000', 'unix:/run/app.sock,172.30.0.2'],
  ])('notes it: %s', (_why, app, proxyAddress) => {
    expect(noteFor(app, proxyAddress)).toMatch(/^--app is a name/);
  });

  it.each([
    ['both are listed', 'http://app:3000', '172.30.0.2,fd00:30::2'],
    ['the application is an IPv4 address', 'http://172.30.0.3:3000', '172.30.0.2'],
    ['the application is an IPv6 address', 'http://[fd00:30::3]:3000', 'fd00:30::2'],
    ['the application is a socket', 'unix:/run/app.sock', '172.30.0.2'],
    ['nothing but a socket is listed', 'http://app:3000', 'unix:/run/app.sock'],
    ['a name of core’s has both families', 'http://app:3000', 'loopback'],
    ['such a name stands beside an address', 'http://app:3000', '172.30.0.2,uniquelocal'],
    ['nothing is listed', 'http://app:3000', undefined],
  ])('says nothing where %s', (_why, app, proxyAddress) => {
    expect(noteFor(app, proxyAddress)).toBeUndefined();
  });

  it('says it in the file, under “Know that”, and on standard error', async () => {
    const { out, err } = await runCli([
      ...['proxy-config', 'caddy', '--app', 'http://app:3000', '--auth', 'http://authelia:9091'],
      ...['--domain', 'app.example.com', '--proxy-address', '172.30.0.2'],
    ]);
    expect(out).toMatch(/^# Know that:\n(?:# {3}- .*\n)*# {3}- --app is a name \(app\)/m);
    expect(err).toContain('--app is a name (app)');
  });
});
