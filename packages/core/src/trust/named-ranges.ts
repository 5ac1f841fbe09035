/** Names that stand for ranges, as Express and Koa users know them from proxy-addr. */
export const NAMED_RANGES: ReadonlyMap<string, readonly string[]> = new Map([
  // RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3
  ['loopback', ['127.0.0.0/8', '::1']],
  // RFC 3927, RFC 4291 section 2.5.6
  ['linklocal', ['169.254.0.0/16', 'fe80::/10']],
  // RFC 1918, RFC 4193
  ['uniquelocal', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']],
]);
