import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  type OutgoingHttpHeaders,
} from 'node:http2';
import type { Socket } from 'node:net';
import type { Answer, Exchange } from './exchange.js';
import { MAX_ANSWER_BYTES } from './read-answer.js';
import type { WireRequest } from './wire-request.js';

/** Sends a request over HTTP/2, on a connection that is open already. */
export function sendHttp2(
  socket: Socket,
  request: WireRequest,
  scheme: 'http' | 'https',
  timeoutMs: number,
): Promise<Exchange> {
  return new Promise((resolve) => {
    const session = connect(`${scheme}://${request.authority}`, {
      createConnection: () => socket,
    });
    let headers: Answer['headers'] = [];
    let status = 0;
    let body = '';
    const finish = (otherwise: Exchange): void => {
      clearTimeout(timer);
      session.destroy();
      resolve(status === 0 ? otherwise : { kind: 'answer', status, headers, body });
    };
    const timer = setTimeout(() => finish({ kind: 'silent' }), timeoutMs);
    // Whoever answers with HTTP/1, or closes, does not speak it, unless it was agreed upon.
    const ended = { kind: request.protocol === 'h2' ? 'closed' : 'unsupported' } as const;
    session.on('error', () => finish(ended));
    session.on('close', () => finish(ended));
    // Only a server that sends its settings does.
    session.once('remoteSettings', () => {
      const stream = opened(session, request, scheme);
      if (stream === undefined) return finish({ kind: 'unreachable', code: 'ERR_HTTP2_HEADERS' });
      stream.setEncoding('utf8');
      stream.on('response', (answer) => {
        status = answer[':status'] ?? 0;
        headers = Object.entries(answer).flatMap(([name, value]) =>
          [value ?? []].flat().map((one): readonly [string, string] => [name, String(one)]),
        );
      });
      stream.on('data', (text: string) => {
        body += text;
        if (body.length > MAX_ANSWER_BYTES) finish({ kind: 'closed' });
      });
      stream.on('error', () => finish({ kind: 'closed' }));
      stream.on('close', () => finish({ kind: 'closed' }));
    });
  });
}

/** Node throws for fields that HTTP/2 does not have, and the probe goes on. */
function opened(
  session: ClientHttp2Session,
  request: WireRequest,
  scheme: 'http' | 'https',
): ClientHttp2Stream | undefined {
  try {
    return session.request(http2Headers(request, scheme), { endStream: true });
  } catch {
    return undefined;
  }
}

/** The same lines as fields: names in lower case, several values of one name as a list. */
export function http2Headers(
  {
    method,
    target,
    authority,
    lines,
  }: Pick<WireRequest, 'method' | 'target' | 'authority' | 'lines'>,
  scheme: 'http' | 'https',
): OutgoingHttpHeaders {
  const fields = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    fields.set(name, [...(fields.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  const regular = [...fields].map(([name, values]): readonly [string, string | string[]] => {
    const [first = '', ...others] = values;
    return [name, others.length === 0 ? first : values];
  });
  return {
    ':method': method,
    ':scheme': scheme,
    ':authority': authority,
    ':path': target,
    ...Object.fromEntries(regular),
  };
}
