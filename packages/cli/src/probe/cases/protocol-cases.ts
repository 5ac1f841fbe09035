import type { ProbeCase } from './case.js';
import { ownLines, separatedBy } from './own-lines.js';

/** The same claim in another version, form or method of HTTP: another way through a proxy. */
export const PROTOCOL_CASES: readonly ProbeCase[] = [
  {
    id: 'TH-P-WEBSOCKET',
    title: 'a WebSocket upgrade',
    rule: 'A3',
    tier: 1,
    attempt: (scene) => ({
      lines: [
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGgtcHJvYmUtcHJvYmUtcA==',
        `Origin: ${scene.target.url}`,
        ...ownLines(scene),
      ],
    }),
  },
  {
    id: 'TH-P-H2',
    title: 'HTTP/2 by ALPN',
    rule: 'H1, RFC 9113',
    tier: 1,
    attempt: (scene) =>
      scene.target.scheme === 'https' ? { protocol: 'h2', lines: ownLines(scene) } : undefined,
  },
  {
    id: 'TH-P-H2-SPELLINGS',
    title: 'HTTP/2, names with underscores',
    rule: 'H3, RFC 9113',
    tier: 2,
    attempt: (scene) =>
      scene.target.scheme === 'https'
        ? { protocol: 'h2', lines: ownLines(scene, separatedBy('_')) }
        : undefined,
  },
  {
    id: 'TH-P-H2C',
    title: 'HTTP/2 without TLS (h2c)',
    rule: 'H1, RFC 9113',
    tier: 2,
    attempt: (scene) =>
      scene.target.scheme === 'http' ? { protocol: 'h2c', lines: ownLines(scene) } : undefined,
  },
  {
    id: 'TH-P-H2C-UPGRADE',
    title: 'an upgrade to h2c, which would be a tunnel past the proxy’s rules',
    rule: 'A3, RFC 7540 section 3.2',
    tier: 3,
    vantage: 'front',
    attempt: (scene) => ({
      lines: [
        'Connection: Upgrade, HTTP2-Settings',
        'Upgrade: h2c',
        'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA',
        ...ownLines(scene),
      ],
    }),
  },
  {
    id: 'TH-P-HTTP-1-0',
    title: 'HTTP/1.0',
    rule: 'H1',
    tier: 2,
    attempt: (scene) => ({ protocol: '1.0', lines: ownLines(scene) }),
  },
  {
    id: 'TH-P-SECOND',
    title: 'the second request of a connection',
    rule: 'H1, RFC 9112 section 9.3',
    tier: 2,
    attempt: (scene) => ({ isSecond: true, lines: ownLines(scene) }),
  },
  {
    id: 'TH-P-ABSOLUTE',
    title: 'a target in absolute form',
    rule: 'H1, RFC 9112 section 3.2.2',
    tier: 2,
    attempt: (scene) => ({
      target: `${scene.target.url}${scene.path}`,
      lines: ownLines(scene),
    }),
  },
  {
    id: 'TH-P-HEAD',
    title: 'HEAD',
    rule: 'A3',
    tier: 2,
    attempt: (scene) => ({ method: 'HEAD', lines: ownLines(scene) }),
  },
  {
    id: 'TH-P-OPTIONS',
    title: 'OPTIONS, which some proxies let pass unasked',
    rule: 'A3',
    tier: 2,
    attempt: (scene) => ({ method: 'OPTIONS', lines: ownLines(scene) }),
  },
  {
    id: 'TH-P-TRAILERS',
    title: 'trailer fields behind a chunked body',
    rule: 'H10, RFC 9110 section 6.5',
    tier: 2,
    attempt: (scene) => ({
      lines: ['Transfer-Encoding: chunked', `Trailer: ${Object.values(scene.names).join(', ')}`],
      body: `1\r\nx\r\n0\r\n${ownLines(scene).join('\r\n')}\r\n\r\n`,
    }),
  },
  {
    id: 'TH-P-LINES-100',
    title: '100 other lines beside it',
    rule: 'H11',
    tier: 3,
    attempt: (scene) => ({ lines: [...ownLines(scene), ...padding(100)] }),
  },
  {
    id: 'TH-P-LINES-1100',
    title: '1100 other lines, which push the proxy’s own out of sight',
    rule: 'H11',
    tier: 3,
    attempt: (scene) => ({ lines: [...ownLines(scene), ...padding(1100)] }),
  },
];

/** What the lines begin with that only fill. */
export const PADDING = 'X-P';

function padding(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `${PADDING}${i}: 1`);
}
