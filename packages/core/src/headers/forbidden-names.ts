/**
 * Header names that cannot carry an identity, in lower case: Node drops all but the first line of some and joins others
 * in its own way; hop-by-hop ones belong to the connection; the rest name a client, not a user.
 *
 * Source: Node.js documentation of `message.headers`; RFC 9110 section 7.6.1.
 */
export const FORBIDDEN_NAMES: ReadonlySet<string> = new Set([
  'age',
  'authorization',
  'content-length',
  'content-type',
  'etag',
  'expires',
  'from',
  'host',
  'if-modified-since',
  'if-unmodified-since',
  'last-modified',
  'location',
  'max-forwards',
  'proxy-authorization',
  'referer',
  'retry-after',
  'server',
  'user-agent',
  'cookie',
  'set-cookie',
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'forwarded',
  'x-forwarded-for',
  'x-real-ip',
]);
