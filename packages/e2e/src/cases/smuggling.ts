import { describeReply } from '../matrix/describe-result.js';
import { DOMAIN } from '../world/constants.js';
import type { Attack, Harmless } from './case.js';
import { encode, sendBytes } from './raw.js';
import { asUser, fetchOne } from './requests.js';

/** The request that nobody must answer: it comes out of the body of another, behind the back of the proxy. */
const HIDDEN = [
  'GET /whoami HTTP/1.1',
  `Host: ${DOMAIN}`,
  'Remote-User: mallory',
  'Remote-Groups: admin',
  '',
  '',
].join('\r\n');

const LENGTH = HIDDEN.length;

/** One request for the proxy, two for the application (RFC 9112 section 11.2), or the other way round. */
export const SMUGGLING_ATTACKS: readonly Attack[] = [
  smuggle(
    'smuggling-cl-te',
    'The proxy counts by Content-Length, the application by chunks.',
    [`Content-Length: ${LENGTH + 5}`, 'Transfer-Encoding: chunked'],
    `0\r\n\r\n${HIDDEN}`,
  ),
  smuggle(
    'smuggling-te-cl',
    'The other way round.',
    ['Content-Length: 4', 'Transfer-Encoding: chunked'],
    `${LENGTH.toString(16)}\r\n${HIDDEN}\r\n0\r\n\r\n`,
  ),
  smuggle(
    'smuggling-te-space',
    'Only one of the two takes the second line for Transfer-Encoding.',
    [`Content-Length: ${LENGTH + 5}`, 'Transfer-Encoding : chunked'],
    `0\r\n\r\n${HIDDEN}`,
  ),
  smuggle(
    'smuggling-te-unknown',
    'A coding that nobody knows.',
    [`Content-Length: ${LENGTH + 5}`, 'Transfer-Encoding: xchunked'],
    `0\r\n\r\n${HIDDEN}`,
  ),
  smuggle(
    'smuggling-te-twice',
    'Chunked, and then not.',
    ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'],
    `0\r\n\r\n${HIDDEN}`,
  ),
  smuggle(
    'smuggling-te-tab',
    'Chunked, behind a vertical tab.',
    [`Content-Length: ${LENGTH + 5}`, 'Transfer-Encoding: \x0bchunked'],
    `0\r\n\r\n${HIDDEN}`,
  ),
  smuggle(
    'smuggling-cl-cl',
    'Two lengths.',
    ['Content-Length: 0', `Content-Length: ${LENGTH}`],
    HIDDEN,
  ),
  smuggle(
    'smuggling-cl-sign',
    'A length that is no number to some.',
    ['Content-Length: +0'],
    HIDDEN,
  ),
  smuggle(
    'smuggling-cl-list',
    'Two lengths in one line.',
    [`Content-Length: 0, ${LENGTH}`],
    HIDDEN,
  ),
  smuggle(
    'smuggling-get-body',
    'A GET whose body one of the two does not expect.',
    [`Content-Length: ${LENGTH}`],
    HIDDEN,
    { method: 'GET' },
  ),
  smuggle(
    'smuggling-http-1.0-te',
    'Chunks in HTTP/1.0, which has none.',
    ['Transfer-Encoding: chunked', 'Connection: keep-alive'],
    `0\r\n\r\n${HIDDEN}`,
    { version: '1.0' },
  ),
  {
    // Caddy reads the body while the application already answers.
    isRace: true,
    ...smuggle(
      'smuggling-chunk-extension',
      'A line feed in a chunk’s extension, where only one of the two sees the end of a line.',
      ['Transfer-Encoding: chunked'],
      `2;\nxx\r\n${(LENGTH + 7).toString(16)}\r\n0\r\n\r\n${HIDDEN}\r\n0\r\n\r\n`,
    ),
  },
  {
    // Caddy reads the body while the application already answers.
    isRace: true,
    ...smuggle(
      'smuggling-chunk-size',
      'A size that overflows 64 bits.',
      ['Transfer-Encoding: chunked'],
      `10000000000000000\r\n${HIDDEN}\r\n0\r\n\r\n`,
    ),
  },
  smuggle(
    'smuggling-expect',
    'A body that does not wait for 100 Continue.',
    ['Expect: 100-continue', `Content-Length: ${LENGTH}`],
    HIDDEN,
  ),
  smuggle(
    'smuggling-websocket',
    'An upgrade that the application refuses must not leave an open tunnel behind.',
    ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 777'],
    HIDDEN,
    { method: 'GET' },
  ),
  smuggle(
    'smuggling-h2c',
    'Nor must an upgrade to HTTP/2, which no proxy passes on unseen.',
    [
      'Connection: Upgrade, HTTP2-Settings',
      'Upgrade: h2c',
      'HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA',
    ],
    HIDDEN,
    { method: 'GET' },
  ),
  smuggle(
    'pipelined-claim',
    'An honest second request is asked for like any other: no sign-in, no user.',
    [],
    HIDDEN,
    { method: 'GET' },
  ),
];

/** Sends it as Ann; then three strangers ask who they are, and must be told the truth. */
function smuggle(
  id: string,
  why: string,
  lines: readonly string[],
  rest: string,
  { method = 'POST', version = '1.1' }: { method?: string; version?: '1.0' | '1.1' } = {},
): Attack {
  // A proxy that has begun to pass a body on, and finds that it is none, has nothing to say but 502.
  const allowed: readonly Harmless[] = ['own', 'refused', 'error'];
  return {
    id,
    why,
    allowed,
    run: async (site) => {
      const first = encode(site, { as: 'ann', method, version, lines, keepAlive: true, rest });
      const seen = await sendBytes(site, [first], 'ann');
      for (let i = 0; i < 3; i++) {
        const told = describeReply(await fetchOne(site, asUser(site, 'john', '/whoami')), 'john');
        if (told !== 'own') return `FORGED: john was answered ${told}`;
      }
      return seen;
    },
  };
}
