import { describe, expect, it } from '@jest/globals';
import { readList } from '../../src/live/read-list.js';

const read = (text: string) => readList(Buffer.from(text));

describe('the text of a list', () => {
  it.each([
    ['10.0.0.1', ['10.0.0.1'], 'one entry, no line end, as in a ConfigMap'],
    ['173.245.48.0/20\n103.21.244.0/22\n', ['173.245.48.0/20', '103.21.244.0/22'], 'Cloudflare'],
    ['10.0.0.1\r\n10.0.0.2\r\n', ['10.0.0.1', '10.0.0.2'], 'line ends of Windows'],
    ['10.0.0.1, 10.0.0.2\t::1', ['10.0.0.1', '10.0.0.2', '::1'], 'as in TRUSTED_PROXIES'],
    ['# ours\n10.0.0.1 # the proxy\n#10.0.0.2', ['10.0.0.1'], 'comments'],
    ['10.0.0.1 # [old]', ['10.0.0.1'], 'a bracket in a comment'],
    ['# ours\r10.0.0.1', ['#', 'ours', '10.0.0.1'], 'no end of a comment: the list refuses it'],
    ['10.0.0.1#x', ['10.0.0.1#x'], 'no comment: the list refuses it'],
    ['\ufeff10.0.0.1', ['10.0.0.1'], 'a byte order mark'],
    ['a[0]', ['a[0]'], 'a bracket, and no JSON: the list refuses it'],
    [' \n["10.0.0.1"]', ['10.0.0.1'], 'an array behind an empty line'],
    ['["10.0.0.1","10.0.0.2"]', ['10.0.0.1', '10.0.0.2'], 'an array'],
    [
      '{"addresses":["23.235.32.0/20"],"ipv6_addresses":["2a04:4e40::/32"]}',
      ['23.235.32.0/20', '2a04:4e40::/32'],
      'Fastly',
    ],
    [
      '{"syncToken":"1","prefixes":[{"ip_prefix":"3.4.12.4/32","service":"AMAZON"}],"ipv6_prefixes":[{"ipv6_prefix":"2600::/32"}]}',
      ['3.4.12.4/32', '2600::/32'],
      'AWS',
    ],
    [
      '{"prefixes":[{"ipv4Prefix":"34.1.208.0/20"},{"ipv6Prefix":"2600:1900::/28"}]}',
      ['34.1.208.0/20', '2600:1900::/28'],
      'Google',
    ],
    [
      '{"CLOUDFRONT_GLOBAL_IP_LIST":["120.52.22.96/27"],"CLOUDFRONT_REGIONAL_EDGE_IP_LIST":["13.113.196.64/26"]}',
      ['120.52.22.96/27', '13.113.196.64/26'],
      'CloudFront',
    ],
    ['<html>', ['<html>'], 'a page of a captive portal: the list refuses it'],
  ])('%j holds %j: %s', (text, entries) => {
    expect(read(text)).toEqual(entries);
  });

  it.each([
    ['', 'is empty', 'nothing'],
    [' \n# none\n', 'is empty', 'comments only'],
    ['[]', 'is empty', 'an array of none'],
    ['{"addresses":[]}', 'is empty', 'a list of none'],
    ['{"addresses":["10.0.0.1"', 'is no whole JSON', 'half a file'],
    ['[10]', 'neither text nor has', 'numbers'],
    ['[null]', 'neither text nor has', 'nothing in the place of an entry'],
    ['[["10.0.0.1"]]', 'neither text nor has', 'arrays within'],
    ['{"prefixes":[{"service":"x"}]}', 'neither text nor has', 'no prefix'],
    [
      '{"prefixes":[{"ip_prefix":"10.0.0.1","ipv6_prefix":"::1"}]}',
      'neither text nor has',
      'two, of which one would be passed over',
    ],
    ['{"addresses":"10.0.0.1"}', 'in the place of a list', 'no list'],
    ['{"hosts":["10.0.0.1"]}', 'none of addresses, ipv6_addresses', 'another form'],
    ['{"__proto__":{"addresses":["10.0.0.1"]}}', 'none of addresses', 'not its own'],
  ])('%j is refused, it %s: %s', (text, says) => {
    expect(() => read(text)).toThrow(says);
  });

  it('is UTF-8, and of at most 1 MiB', () => {
    expect(() => readList(Buffer.from([0x31, 0xe4, 0x31]))).toThrow('is no UTF-8 text');
    expect(read('10.0.0.1'.padEnd(1_048_576))).toEqual(['10.0.0.1']);
    expect(() => readList(Buffer.alloc(1_048_577, ' '))).toThrow('is longer than 1048576 bytes');
  });
});
