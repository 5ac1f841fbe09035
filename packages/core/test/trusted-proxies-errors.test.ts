import { describe, expect, it } from '@jest/globals';
import { ConfigError, compileTrust } from '../src/index.js';

function errorOf(trustedProxies: unknown): ConfigError {
  try {
    Reflect.apply(compileTrust, undefined, [trustedProxies]);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error(`accepted ${JSON.stringify(trustedProxies)}`);
}

describe('the list of trusted proxies', () => {
  it.each([[[]], [''], [' , \n'], [undefined], [null]])(
    'refuses %j: there is no default (T1)',
    (list) => {
      const error = errorOf(list);
      expect(error.code).toBe('trusted-proxies-empty');
      expect(error.issues).toMatchObject([
        {
          option: 'trustedProxies',
          problem: 'names no proxy, and there is no default',
          instead:
            'set it to the address from which your reverse proxy connects (TRUSTED_PROXIES=172.20.0.2)',
        },
      ]);
    },
  );

  it.each([[42], [true], [{ 0: '10.0.0.1' }], [() => true]])(
    'refuses %p, which is no list',
    (list) => {
      expect(errorOf(list).code).toBe('trusted-proxy-invalid');
    },
  );

  it.each([
    // entry, what the message must say, why
    ['*', 'every address', 'the wildcard of many frameworks'],
    ['true', 'every address', 'Express: trust everyone'],
    ['all', 'every address', 'Gunicorn, Django recipes'],
    ['0.0.0.0/0', 'every address', '/0'],
    ['::/0', 'every address', '/0'],
    ['10.0.0.0/0', 'every address', '/0 with host bits'],
    ['::ffff:0:0/96', 'every address', 'all of IPv4, mapped: a /0 in disguise'],
    ['::ffff:0.0.0.0/96', 'every address', 'the same, dotted'],
    ['0/0', 'every address', 'short /0'],
    ['0.0.0.0/00', 'every address', 'padded /0'],
    [
      '10.0.0.0/abc',
      'write 10.0.0.0 for the one address',
      'Kanboard: became /0 by an integer cast',
    ],
    [
      '10.0.0.5/24',
      'write 10.0.0.5 for the one address, or 10.0.0.0/24 for the whole block',
      'host bits',
    ],
    [
      '2001:db8::1/32',
      'write 2001:db8::1 for the one address, or 2001:db8::/32 for the whole block',
      'host bits',
    ],
    [
      '2001:db8:1::/32',
      'write 2001:db8:1:: for the one address, or 2001:db8::/32 for the whole block',
      'host bits right behind the prefix, in the next word',
    ],
    [
      '::ffff:10.0.0.0/90',
      'write ::ffff:a00:0 for the one address, or ::ffc0:0:0/90 for the whole block',
      'a block around the mapped addresses is no IPv4 block',
    ],
    ['::ffff:0.0.0.0/90', 'has bits set behind its /90 prefix', 'all of IPv4 and more'],
    ['xunix:/run/app.sock', 'write for example', 'no scheme of ours'],
    ['/run/unix:/app.sock', 'write unix:/run/unix:/app.sock', 'a path with unix: in it'],
    ['x.010.0.0.1', 'is a host name', 'a name that ends like an address'],
    [
      '::ffff:10.0.0.1/104',
      'write 10.0.0.1 for the one address, or 10.0.0.0/8 for the whole block',
      'host bits of a mapped block',
    ],
    [
      '::ffff:10.0.0.0/90',
      '/90',
      'a mapped address with a prefix that reaches out of mapped space',
    ],
    ['10.0.0.0/33', 'from 1 to 32', 'too long'],
    ['2001:db8::/129', 'from 1 to 128', 'too long'],
    ['10.0.0.0/+8', 'prefix length', 'sign'],
    ['10.0.0.0/08', 'prefix length', 'leading zero'],
    ['10.0.0.0/8.0', 'prefix length', 'fraction'],
    ['10.0.0.0/ 8', 'prefix length', 'white space'],
    ['10.0.0.0/', 'prefix length', 'nothing behind the slash'],
    ['10.0.0.0/8/8', 'is not an address', 'two slashes'],
    ['10.0.0.0/255.255.255.0', 'write 10.0.0.0/24', 'netmask'],
    ['10.0.0.0/255.0.255.0', 'prefix length, such as /24', 'netmask with a hole'],
    ['10.0.0.0/0.0.0.255', 'prefix length, such as /24', 'wildcard mask (Cisco)'],
    ['010.0.0.1', 'write 10.0.0.1, if decimal was meant', 'octal to some (CVE-2021-28918)'],
    ['10.0.0.0/010', 'prefix length', 'leading zero in the prefix'],
    ['127.1', 'write all four', 'short form'],
    ['2130706433', 'write all four', 'integer'],
    ['0x7f.0.0.1', 'write all four', 'hex'],
    ['10.0.0.256', 'from 0 to 255', 'octet too large'],
    ['10.0.*', 'write 10.0.0.0/16', 'wildcard'],
    ['10.*.*.*', 'write 10.0.0.0/8', 'wildcards'],
    ['10.0.0.1-10.0.0.9', 'CIDR blocks', 'range'],
    ['10.0.0.1:8080', 'write 10.0.0.1', 'port'],
    ['traefik:80', 'write traefik', 'host and port'],
    ['[2001:db8::1]', 'write 2001:db8::1', 'brackets'],
    ['[2001:db8::1]:443', 'write 2001:db8::1', 'brackets and port'],
    ['fe80::1%eth0', 'write fe80::1 without it', 'zone'],
    ['fe80::%eth0/64', 'write fe80::/64 without it', 'zone in a block'],
    ['traefik', 'the address of traefik', 'host name'],
    ['proxy.example.com', 'the address of proxy.example.com', 'host name'],
    ['Loopback', 'loopback', 'names are lower case'],
    ['/run/app.sock', 'write unix:/run/app.sock', 'path without unix:'],
    ['unix:app.sock', 'unix:/run/app.sock', 'relative path'],
    ['unix:', 'unix:/', 'no path'],
    ['unix:/', 'unix:/', 'a folder'],
    ['unix://run/app.sock', 'unix:/run/app.sock', 'two slashes'],
    ['/^10\\./', 'unix:/path', 'a regular expression'],
    ['', 'blank', 'blank entry'],
    ['10.0.0.1 ', 'is not an address', 'white space'],
    ['10.0.0.1,10.0.0.2', 'is not an address', 'two entries in one'],
  ])('refuses %j and says %j: %s (T2)', (entry, says) => {
    const error = errorOf([entry]);
    expect(error.code).toBe('trusted-proxy-invalid');
    expect(error.issues).toHaveLength(1);
    expect(error.message).toContain('trustedProxies[0]');
    expect(error.message).toContain(says);
    expect(error.issues[0]?.instead).not.toBe('');
  });

  it.each([
    [
      '0.0.0.0/00',
      'would trust every address there is; write the address of the proxy, such as 172.20.0.2',
    ],
    [
      '10.0.0.0/abc',
      'has no decimal prefix length from 1 to 32 behind the slash; write 10.0.0.0 for the one address, or 10.0.0.0/24 for such a block',
    ],
    [
      '10.0.0.5/24',
      'has bits set behind its /24 prefix; write 10.0.0.5 for the one address, or 10.0.0.0/24 for the whole block',
    ],
    [' ', 'is blank; leave it out, or write the address of the proxy'],
    ['*', 'would trust every address there is; write the address of the proxy, such as 172.20.0.2'],
    [
      'true',
      'would trust every address there is; write the address of the proxy, such as 172.20.0.2',
    ],
    [
      'ALL',
      'would trust every address there is; write the address of the proxy, such as 172.20.0.2',
    ],
    [
      'any',
      'would trust every address there is; write the address of the proxy, such as 172.20.0.2',
    ],
    [
      'everyone',
      'would trust every address there is; write the address of the proxy, such as 172.20.0.2',
    ],
    [
      '*.*.*.*',
      'would trust every address there is; write the address of the proxy, such as 172.20.0.2',
    ],
    [
      '0.0.0.0/0',
      'trusts every address there is; write the address of the proxy, such as 172.20.0.2',
    ],
    ['::/0', 'trusts every address there is; write the address of the proxy, such as 172.20.0.2'],
    [
      '10.0.0.0/0',
      'trusts every address there is; write the address of the proxy, such as 172.20.0.2',
    ],
    [
      '::ffff:0:0/96',
      'trusts every address there is; write the address of the proxy, such as 172.20.0.2',
    ],
    [
      '0/0',
      'would trust every address there is; write the address of the proxy, such as 172.20.0.2',
    ],
    [
      'UNIX:/run/app.sock',
      'is not a Unix socket in the form unix:/path; write unix:/run/app.sock, the path that the application listens on',
    ],
    [
      '/run/app.sock',
      'is not a Unix socket in the form unix:/path; write unix:/run/app.sock, the path that the application listens on',
    ],
    [
      '//run//app.sock//',
      'is not a Unix socket in the form unix:/path; write unix:/run//app.sock, the path that the application listens on',
    ],
    [
      './app.sock',
      'is not a Unix socket in the form unix:/path; write unix:/run/app.sock, the path that the application listens on',
    ],
    [
      '../app.sock',
      'is not a Unix socket in the form unix:/path; write unix:/run/app.sock, the path that the application listens on',
    ],
    [
      '@app',
      'is not a Unix socket in the form unix:/path; write unix:/run/app.sock, the path that the application listens on',
    ],
    [
      'unix:app.sock',
      'is not a Unix socket in the form unix:/path; write unix:/run/app.sock, the path that the application listens on',
    ],
    [
      'unix:/',
      'is not a Unix socket in the form unix:/path; write unix:/run/app.sock, the path that the application listens on',
    ],
    [
      'unix:',
      'is not a Unix socket in the form unix:/path; write unix:/run/app.sock, the path that the application listens on',
    ],
    [
      'unix:/run/app.sock/',
      'is not a Unix socket in the form unix:/path; write unix:/run/app.sock, the path that the application listens on',
    ],
    [
      'unix:/a/unix:/b/',
      'is not a Unix socket in the form unix:/path; write unix:/a/unix:/b, the path that the application listens on',
    ],
    ['fe80::1%eth0', 'has a zone; write fe80::1 without it'],
    ['fe80::%eth0/64', 'has a zone; write fe80::/64 without it'],
    ['fe80::%a%b/64', 'has a zone; write fe80::/64 without it'],
    ['[2001:db8::1]', 'has brackets or a port; write 2001:db8::1'],
    ['[2001:db8::1]:443', 'has brackets or a port; write 2001:db8::1'],
    ['[2001:db8::]/32', 'has brackets or a port; write 2001:db8::/32'],
    ['[2001:db8::]:443/32', 'has brackets or a port; write 2001:db8::/32'],
    [
      'x[::1]',
      'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
    ],
    [
      '[::1]x',
      'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
    ],
    [
      '[::1]/',
      'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
    ],
    ['10.0.0.0/255.255.255.0', 'has a netmask; write 10.0.0.0/24'],
    ['10.0.0.0/255.255.255.255', 'has a netmask; write 10.0.0.0/32'],
    ['10.0.0.0/255.0.255.0', 'has a netmask; write a prefix length, such as /24'],
    ['10.0.0.0/0.0.0.0', 'has a netmask; write a prefix length, such as /24'],
    ['10.0.0.0/0.0.0.255', 'has a netmask; write a prefix length, such as /24'],
    [
      '10.0.0.0/255.0.0.0/8',
      'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
    ],
    [
      '10.0.0.0/1.2.3',
      'has no decimal prefix length from 1 to 32 behind the slash; write 10.0.0.0 for the one address, or 10.0.0.0/24 for such a block',
    ],
    [
      '10.0.0.0/33',
      'has no decimal prefix length from 1 to 32 behind the slash; write 10.0.0.0 for the one address, or 10.0.0.0/24 for such a block',
    ],
    [
      '2001:db8::/129',
      'has no decimal prefix length from 1 to 128 behind the slash; write 2001:db8:: for the one address, or 2001:db8::/64 for such a block',
    ],
    [
      '2001:db8::/x',
      'has no decimal prefix length from 1 to 128 behind the slash; write 2001:db8:: for the one address, or 2001:db8::/64 for such a block',
    ],
    [
      'x/24',
      'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
    ],
    [
      'x/24/8',
      'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
    ],
    [
      '10.0.0.0/8/8',
      'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
    ],
    ['10.0.0.1:8080', 'has a port; write 10.0.0.1: source ports change with every connection'],
    [
      '192.168.100.200:80',
      'has a port; write 192.168.100.200: source ports change with every connection',
    ],
    ['traefik:80', 'has a port; write traefik: source ports change with every connection'],
    [
      'x 10.0.0.1:80',
      'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
    ],
    [
      '10.0.0.1:80x',
      'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
    ],
    [
      '010.0.0.1',
      'has leading zeros, which some programs read as octal; write 10.0.0.1, if decimal was meant',
    ],
    [
      '10.010.0.1/24',
      'has leading zeros, which some programs read as octal; write 10.10.0.1/24, if decimal was meant',
    ],
    [
      '10.00.000.01',
      'has leading zeros, which some programs read as octal; write 10.0.0.1, if decimal was meant',
    ],
    [
      '10.0.0.01/08',
      'has leading zeros, which some programs read as octal; write 10.0.0.1/8, if decimal was meant',
    ],
    [
      '192.168.100.01',
      'has leading zeros, which some programs read as octal; write 192.168.100.1, if decimal was meant',
    ],
    [
      '192.168.001.200/24',
      'has leading zeros, which some programs read as octal; write 192.168.1.200/24, if decimal was meant',
    ],
    [
      'x010.0.0.1',
      'is a host name, and names are not looked up by themselves; write the address of x010.0.0.1, or one of the names loopback, linklocal, uniquelocal; `getent hosts x010.0.0.1` tells it where the application runs',
    ],
    [
      '010.0.0.1x',
      'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
    ],
    ['10.0.0.256', 'is not four decimal numbers from 0 to 255; write all four, such as 127.0.0.1'],
    ['10.*', 'has a wildcard; write 10.0.0.0/8'],
    ['10.0.*', 'has a wildcard; write 10.0.0.0/16'],
    ['10.*.*.*', 'has a wildcard; write 10.0.0.0/8'],
    ['10.0.*.*', 'has a wildcard; write 10.0.0.0/16'],
    ['192.168.100.*', 'has a wildcard; write 192.168.100.0/24'],
    [
      'x10.0.*',
      'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
    ],
    [
      '10.0.*x',
      'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
    ],
    [
      '10.0.0.1-10.0.0.9',
      'is a range; write CIDR blocks, such as 10.1.2.0/28, or the single addresses',
    ],
    [
      '10.0.0.1 - 10.0.0.9',
      'is a range; write CIDR blocks, such as 10.1.2.0/28, or the single addresses',
    ],
    [
      '2001:db8::1-2001:db8::9',
      'is a range; write CIDR blocks, such as 10.1.2.0/28, or the single addresses',
    ],
    [
      'abc-def',
      'is a host name, and names are not looked up by themselves; write the address of abc-def, or one of the names loopback, linklocal, uniquelocal; `getent hosts abc-def` tells it where the application runs; dns:abc-def stands for whatever has that name',
    ],
    [
      'x 10.0.0.1-10.0.0.9',
      'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
    ],
    [
      '10.0.0.1-10.0.0.9 x',
      'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
    ],
    ['127.1', 'is not four decimal numbers from 0 to 255; write all four, such as 127.0.0.1'],
    ['2130706433', 'is not four decimal numbers from 0 to 255; write all four, such as 127.0.0.1'],
    [
      '0x7f.0x0.0x00.0x01',
      'is not four decimal numbers from 0 to 255; write all four, such as 127.0.0.1',
    ],
    ['0x7f000001', 'is not four decimal numbers from 0 to 255; write all four, such as 127.0.0.1'],
    [
      '0x7f.0xff.1/8',
      'is not four decimal numbers from 0 to 255; write all four, such as 127.0.0.1',
    ],
    ['1/16', 'is not four decimal numbers from 0 to 255; write all four, such as 127.0.0.1'],
    ['1.2.3/24', 'is not four decimal numbers from 0 to 255; write all four, such as 127.0.0.1'],
    [
      '0x7f.0xZZ',
      'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
    ],
    [
      'traefik',
      'is a host name, and names are not looked up by themselves; write the address of traefik, or one of the names loopback, linklocal, uniquelocal; `getent hosts traefik` tells it where the application runs; dns:traefik stands for whatever has that name',
    ],
    [
      '_http.proxy',
      'is a host name, and names are not looked up by themselves; write the address of _http.proxy, or one of the names loopback, linklocal, uniquelocal; `getent hosts _http.proxy` tells it where the application runs; dns:_http.proxy stands for whatever has that name',
    ],
    [
      'http..proxy',
      'is a host name, and names are not looked up by themselves; write the address of http..proxy, or one of the names loopback, linklocal, uniquelocal; `getent hosts http..proxy` tells it where the application runs',
    ],
    [
      'proxy.example.com',
      'is a host name, and names are not looked up by themselves; write the address of proxy.example.com, or one of the names loopback, linklocal, uniquelocal; `getent hosts proxy.example.com` tells it where the application runs; dns:proxy.example.com stands for whatever has that name',
    ],
    [
      'Loopback',
      'is a host name, and names are not looked up by themselves; write the address of Loopback, or one of the names loopback, linklocal, uniquelocal; `getent hosts Loopback` tells it where the application runs; dns:loopback stands for whatever has that name',
    ],
    [
      'träfik',
      'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
    ],
    [
      '1traefik',
      'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
    ],
    [
      'traefik!',
      'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
    ],
    [
      '%eth0',
      'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock',
    ],
    [
      '::ffff:10.0.0.0/129',
      'has no decimal prefix length from 97 to 128 behind the slash; write 10.0.0.0 for the one address, or 10.0.0.0/24 for such a block',
    ],
  ])('says of %j in full: %s', (entry, message) => {
    const [issue] = errorOf([entry]).issues;
    expect(`${issue?.problem}; ${issue?.instead}`).toBe(message);
  });

  it('names all bad entries at once, each with its position and what to write instead', () => {
    const error = errorOf('10.0.0.1, 10.0.0.5/24 traefik,127.0.0.1 *');
    expect(error.issues).toEqual([
      {
        option: 'trustedProxies[1]',
        value: '"10.0.0.5/24"',
        problem: 'has bits set behind its /24 prefix',
        instead: 'write 10.0.0.5 for the one address, or 10.0.0.0/24 for the whole block',
      },
      {
        option: 'trustedProxies[2]',
        value: '"traefik"',
        problem: 'is a host name, and names are not looked up by themselves',
        instead:
          'write the address of traefik, or one of the names loopback, linklocal, uniquelocal; `getent hosts traefik` tells it where the application runs; dns:traefik stands for whatever has that name',
      },
      {
        option: 'trustedProxies[4]',
        value: '"*"',
        problem: 'would trust every address there is',
        instead: 'write the address of the proxy, such as 172.20.0.2',
      },
    ]);
    expect(error.message.split('\n')).toHaveLength(3);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.name).toBe('ConfigError');
  });

  it.each([
    ['0.0.0.0/1,128.0.0.0/1', 'two halves'],
    ['0.0.0.0/2 64.0.0.0/2 128.0.0.0/2 192.0.0.0/2 10.0.0.1', 'four quarters and one more'],
    ['::/1,8000::/1', 'two halves of IPv6'],
    ['10.0.0.1,0.0.0.0/1,::ffff:128.0.0.0/97', 'a mapped half'],
  ])('refuses %s, which together is everything: %s (T1)', (list) => {
    const error = errorOf(list);
    expect(error.code).toBe('trusted-proxy-invalid');
    expect(error.message).toContain('together trusts every IPv');
  });

  it('accepts one half, also twice, and leaves it to the audit', () => {
    expect(compileTrust('0.0.0.0/1').has('10.0.0.1')).toBe(true);
    expect(compileTrust('0.0.0.0/1 0.0.0.0/1 64.0.0.0/2').has('128.0.0.1')).toBe(false);
  });

  it.each([[42], [null], [undefined], [['10.0.0.1']], [{}]])(
    'refuses the entry %p, which is no string',
    (entry) => {
      expect(errorOf([entry]).message).toContain('is not a string');
    },
  );

  it.each([
    [78, '"', ''],
    [79, '', '…'],
  ])('quotes %d characters and their quotes, and cuts at 80', (length, quote, more) => {
    const name = 'y'.repeat(length);
    expect(errorOf([name]).issues[0]?.value).toBe(`"${name}${quote}${more}`);
  });

  it('shortens what it quotes', () => {
    const error = errorOf([`x${'y'.repeat(10_000)}`]);
    expect(error.issues[0]?.value.length).toBeLessThan(90);
  });
});
