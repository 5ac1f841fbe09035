import type { Reply } from '../wire/protocol.js';

/** Splits bytes into the HTTP/1 answers in them. Answers such as `100 Continue` are none. */
export function repliesIn(received: string): readonly Reply[] {
  return received
    .split(/(?=HTTP\/1\.[01] \d{3}[ \r])/)
    .map(replyFrom)
    .filter((reply) => reply.status === 101 || reply.status >= 200);
}

/** Takes everything to the next answer for the body, and the marks of chunks out of it. */
function replyFrom(text: string): Reply {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...value] = line.split(':');
      return [name.toLowerCase(), value.join(':').trim()];
    }),
  );
  const bytes = rest.join('\r\n\r\n');
  const isChunked = headers['transfer-encoding'] === 'chunked';
  const body = isChunked ? bytes.replaceAll(/(^|\r\n)[0-9a-f]+(\r\n|$)/gi, '') : bytes;
  return {
    status: Number(/^HTTP\/1\.[01] (\d{3})/.exec(statusLine)?.[1] ?? 0),
    headers,
    body: Buffer.from(body, 'latin1').toString('utf8'),
    streamedForMs: 0,
  };
}
