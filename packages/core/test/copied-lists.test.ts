import { describe, expect, it } from '@jest/globals';
import { ConfigError, compileTrust } from '../src/index.js';

function messageOf(trustedProxies: unknown): string {
  try {
    Reflect.apply(compileTrust, undefined, [trustedProxies]);
    return 'no error';
  } catch (error) {
    return error instanceof ConfigError ? error.message : String(error);
  }
}

const NOTHING =
  'is not an address, a CIDR block or a Unix socket; write for example 172.20.0.2, 10.1.2.0/24, 2001:db8::7 or unix:/run/app.sock';
const UNFILLED = 'is a variable that nobody has filled in; set it where the list is written';
const BRACKETS = 'has quotes or brackets of its file around it; write 10.0.0.1';
const SEVERAL = "is not an address, but several; write them apart: '10.0.0.1', '10.0.0.2'";

describe('a list that kept the spelling of its file (T2)', () => {
  it('says that a hole is no entry', () => {
    const list: unknown[] = ['10.0.0.8'];
    list[2] = '::1';
    expect(messageOf(list)).toBe(
      "trustedProxies[1]: undefined is not a string, but a hole in the list; write an address in its place, such as '172.20.0.2', or remove a comma",
    );
  });

  it.each([
    ['"172.20.0.2"', 'has quotes or brackets of its file around it; write 172.20.0.2'],
    ["'172.20.0.2'", 'has quotes or brackets of its file around it; write 172.20.0.2'],
    ["['172.20.0.2']", 'has quotes or brackets of its file around it; write 172.20.0.2'],
    ['["172.20.0.2"]', 'has quotes or brackets of its file around it; write 172.20.0.2'],
    ['"10.0.0.0/8', 'has quotes or brackets of its file around it; write 10.0.0.0/8'],
    ['""', 'has quotes or brackets of its file around it; remove them'],
    ['172.20.0.2;', 'has a semicolon; separate entries by commas: 172.20.0.2'],
    ['10.0.0.1;10.0.0.2', 'has a semicolon; separate entries by commas: 10.0.0.1, 10.0.0.2'],
    ['\x24{PROXY_IP}', 'is a variable that nobody has filled in; set it where the list is written'],
    ['\x24PROXY_IP', 'is a variable that nobody has filled in; set it where the list is written'],
    ['{{proxy}}', 'is a variable that nobody has filled in; set it where the list is written'],
    ['http://172.20.0.2:8080/', 'is a URL; write 172.20.0.2'],
    ['http://traefik', 'is a URL; write the address of traefik'],
    [
      'traefik',
      'is a host name, and names are not looked up by themselves; write the address of traefik, or one of the names loopback, linklocal, uniquelocal; `getent hosts traefik` tells it where the application runs; dns:traefik stands for whatever has that name',
    ],
  ])('%s: %s', (text, says) => {
    expect(messageOf(text)).toBe(`trustedProxies[0]: ${JSON.stringify(text)} ${says}`);
  });

  it.each([
    [';', 'begins a comment; remove it, and what is behind it'],
    [';x', 'has a semicolon; separate entries by commas: x'],
    ['//x', 'begins a comment; remove it, and what is behind it'],
    ['"$PROXY', UNFILLED],
    ['<proxy>', UNFILLED],
    ['x$PROXY', NOTHING],
    ['%PROXY%x', NOTHING],
    ['<proxy>x', NOTHING],
    ['1A=10.0.0.1', NOTHING],
    ['A=10.0.0.1\nB', NOTHING],
    ['10.0.0.1,10.0.0.2,', SEVERAL],
    [' 10.0.0.1 , 10.0.0.2', SEVERAL],
    ['10.0.0.1,', NOTHING],
    ['(10.0.0.1)', BRACKETS],
    ['[10.0.0.1', BRACKETS],
    ['10.0.0.1]', BRACKETS],
    ['x(10.0.0.1)', NOTHING],
    ['(10.0.0.1)x', NOTHING],
    ['x[10.0.0.1', NOTHING],
    ['10.0.0.1]x', NOTHING],
    ['"10.0.0.1"/8', `${BRACKETS}"/8`],
    ['1http://traefik', NOTHING],
    ['h2c://traefik', 'is a URL; write the address of traefik'],
    ['http://user:pw@traefik', 'is a URL; write the address of traefik'],
    ['http://unix:80', 'is a URL; write the address of unix'],
    ['http://[2001:db8::7]:80', 'is a URL; write 2001:db8::7'],
    ['http://a[b', 'is a URL; write the address of a[b'],
    ['http://a]b', 'is a URL; write the address of a]b'],
  ])('says of an item of a list what it most likely is: %j: %s', (text, says) => {
    expect(messageOf([text])).toBe(`trustedProxies[0]: ${JSON.stringify(text)} ${says}`);
  });

  it('says once that a comment is no entry', () => {
    expect(messageOf('172.20.0.2 # traefik, the proxy')).toBe(
      'trustedProxies[1]: "#" begins a comment; remove it, and what is behind it',
    );
    expect(messageOf('# traefik, the proxy')).toBe(
      'trustedProxies[0]: "#" begins a comment; remove it, and what is behind it',
    );
  });

  it('names each quoted entry of a list in JSON', () => {
    expect(messageOf('["10.0.0.1","10.0.0.2"]').split('\n')).toEqual([
      'trustedProxies[0]: "[\\"10.0.0.1\\"" has quotes or brackets of its file around it; write 10.0.0.1',
      'trustedProxies[1]: "\\"10.0.0.2\\"]" has quotes or brackets of its file around it; write 10.0.0.2',
    ]);
  });
});
