import { describe, expect, it } from '@jest/globals';
import {
  auditTrustedProxies,
  ConfigError,
  compileTrust,
  createAuthenticator,
  setupOf,
} from '../src/index.js';

function sourcesOf(trustedProxies: string | string[]): readonly string[] | undefined {
  return setupOf(createAuthenticator({ trustedProxies, log: false }))?.live.sources();
}

function faultOf(entry: string): string {
  try {
    compileTrust([entry]);
  } catch (error) {
    const [issue] = error instanceof ConfigError ? error.issues : [];
    if (issue) return `${issue.problem}; ${issue.instead}`;
    throw error;
  }
  throw new Error(`accepted ${entry}`);
}

const A63 = 'a'.repeat(63);

describe('entries that somebody else keeps (L1)', () => {
  it.each([
    ['dns:traefik', 'dns:traefik', 'the name of a Compose service'],
    ['dns:Traefik.Proxy.SVC', 'dns:traefik.proxy.svc', 'names have no case'],
    ['dns:1password', 'dns:1password', 'RFC 1123: a digit may come first'],
    ['dns:a-b.c', 'dns:a-b.c', 'a hyphen within'],
    ['dns:reverse_proxy', 'dns:reverse_proxy', 'Compose takes it for the name of a service'],
    ['dns:_a_.b_c', 'dns:_a_.b_c', 'at the ends as well'],
    [`dns:${A63}.x`, `dns:${A63}.x`, 'the longest label'],
    ['dns:traefik.v2-1', 'dns:traefik.v2-1', 'a digit last, and other signs before it'],
    [
      `dns:${`${A63}.`.repeat(3)}${'a'.repeat(61)}`,
      `dns:${`${A63}.`.repeat(3)}${'a'.repeat(61)}`,
      'the longest name',
    ],
    ['file:/etc/app/proxies', 'file:/etc/app/proxies', 'a file'],
    ['file:/etc/./app//x/../proxies', 'file:/etc/app/proxies', 'in its one spelling (T5)'],
    ['https://www.cloudflare.com/ips-v4', 'https://www.cloudflare.com/ips-v4', 'Cloudflare'],
    ['https://Lists.Example:443/a?b=c', 'https://lists.example/a?b=c', 'the default port'],
    ['https://lists.example:8443/a', 'https://lists.example:8443/a', 'another port'],
    ['https://1lists.example/a', 'https://1lists.example/a', 'RFC 1123: a digit may come first'],
    ['https://10.0.0.9/list', 'https://10.0.0.9/list', 'an address'],
    ['https://[2001:db8::1]/list', 'https://[2001:db8::1]/list', 'an IPv6 address'],
    ['https://[2001:db8::10]/list', 'https://[2001:db8::10]/list', 'one that ends in two digits'],
    ['https://lists.example:10000/a', 'https://lists.example:10000/a', 'a port of five digits'],
    ['https://lists.ex4/a', 'https://lists.ex4/a', 'a digit last'],
  ])('%s is the source %s: %s', (entry, name) => {
    expect(sourcesOf([entry])).toEqual([name]);
  });

  it.each([
    ['dns:', 'has no host name behind dns:', 'nothing'],
    ['dns:traefik:80', 'without a port', 'a port'],
    ['dns:my_proxy:80', 'without a port', 'a port behind an underscore'],
    ['dns:-a', 'has no host name', 'a hyphen first'],
    ['dns:a-', 'has no host name', 'a hyphen last'],
    ['dns:a..b', 'has no host name', 'an empty label'],
    ['dns:a.', 'has no host name', 'a dot last'],
    ['dns:*.example', 'has no host name', 'a wildcard'],
    [`dns:a${A63}`, 'has no host name', 'a label of 64'],
    [`dns:${`${A63}.`.repeat(4)}a`, 'has no host name', 'a name of 257'],
    [`dns:${`${A63}.`.repeat(3)}${'a'.repeat(62)}`, 'has no host name', 'a name of 254'],
    ['dns:a.1', 'has no host name', 'what could be read as an address'],
    ['dns:2130706433', 'has no host name', 'an integer that some resolvers take for 127.0.0.1'],
    ['dns:0x7f.1', 'has no host name', 'a short form'],
    ['dns:10.0.0.1', 'is an address, which needs no look-up; write 10.0.0.1', 'an address'],
    ['dns:::1', 'is an address, which needs no look-up; write ::1', 'an address'],
    ['dns:a\0b', 'has no host name', 'NUL'],
    ['file:proxies', 'is not a file in the form file:/path', 'a relative path'],
    ['file:/', 'is not a file in the form file:/path', 'the root'],
    ['file:/etc/', 'is not a file in the form file:/path', 'a folder'],
    ['file:///etc/proxies', 'write file:/etc/proxies', 'as URLs have it'],
    ['file://etc/proxies', 'write file:/etc/proxies', 'as people have it'],
    [
      'file:etc//proxies',
      'write file:/etc/app/trusted-proxies, an absolute path without white space and commas',
      'a relative path with an empty part',
    ],
    ['file:/etc/a\nb', 'is not a file', 'a line end would write into the log'],
    ['file:/etc/a\u009bb', 'is not a file', 'a control character of terminals'],
    ['https://lists.example/', 'is a URL; write the address of lists.example', 'no list'],
    ['https://traefik', 'is a URL; write the address of traefik', 'a proxy, by its URL'],
    ['http://lists.example/ips', 'is a URL', 'anybody on the way can write it'],
    ['HTTPS://lists.example/ips', 'is a URL', 'schemes are lower case'],
    ['https://user:pass@lists.example/ips', 'is a URL', 'a password'],
    ['https://lists.example/a#b', 'is not the address of a list', 'a fragment'],
    ['https://lists.example:0/a', 'is not the address of a list', 'no port'],
    ['https://lists.example:0443/a', 'is not the address of a list', 'a zero before a port'],
    ['https://lists.ex-/a', 'is not the address of a list', 'a hyphen last'],
    [
      'https://lists.example/a#b',
      'write for example https://www.cloudflare.com/ips-v4, without user, fragment and comma',
      'what to write',
    ],
    ['xhttps://lists.example/a', 'is a URL', 'something before it'],
    ['https://lists.example:65536/a', 'is not the address of a list', 'no port'],
    ['https://li_sts.example/a', 'is not the address of a list', 'no host'],
    ['https://10.1/a', 'is not the address of a list', 'a short form'],
    [
      'https://lists.example/\u00e4',
      'is not the address of a list',
      'not as it goes over the wire',
    ],
    ['traefik', 'dns:traefik stands for whatever has that name', 'a bare host name'],
  ])('refuses %j and says %j: %s', (entry, says) => {
    expect(faultOf(entry)).toContain(says);
  });

  it('come from an environment variable as well, beside addresses', () => {
    expect(sourcesOf('172.20.0.2,dns:traefik file:/run/list')).toEqual([
      'dns:traefik',
      'file:/run/list',
    ]);
  });

  it('hold nobody by themselves', () => {
    const trust = compileTrust(['dns:localhost', 'file:/etc/hosts', 'https://a.example/b', '::2']);
    expect(['127.0.0.1', '::1', '::2', undefined].map((peer) => trust.has(peer))).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  it('are explained by the audit, and cover nothing', () => {
    const list = ['dns:traefik', 'file:/run/list', 'https://a.example/b', '172.20.0.2', 'dns:b'];
    expect(
      auditTrustedProxies(list).map(({ severity, code, entry }) => [severity, code, entry]),
    ).toEqual([
      ['medium', 'dns-name', 'dns:traefik'],
      ['low', 'list-file', 'file:/run/list'],
      ['high', 'provider-ranges', 'https://a.example/b'],
      ['medium', 'dns-name', 'dns:b'],
    ]);
  });

  it('are covered by the same one in another spelling', () => {
    expect(auditTrustedProxies('dns:traefik dns:TRAEFIK').map(({ code }) => code)).toEqual([
      'dns-name',
      'dns-name',
      'covered',
    ]);
  });

  it('are said to be everybody at start, where they are a provider’s', () => {
    const lines: string[] = [];
    createAuthenticator({
      trustedProxies: ['dns:traefik', 'https://www.cloudflare.com/ips-v4'],
      log: (line) => lines.push(line),
    });
    expect(lines).toEqual([
      'trusted-header: trustedProxies: https://www.cloudflare.com/ips-v4 is everybody who can connect from that provider: each of its customers can be anyone; admit them only together with a signed assertion, a client certificate or a shared secret',
    ]);
  });

  it('are not said to be everybody where a proof is asked for as well', () => {
    const lines: string[] = [];
    createAuthenticator({
      trustedProxies: 'https://www.cloudflare.com/ips-v4',
      sharedSecret: { header: 'X-Proxy-Secret', values: ['0123456789abcdef0123456789abcdef'] },
      log: (line) => lines.push(line),
    });
    expect(lines).toEqual([]);
  });
});
