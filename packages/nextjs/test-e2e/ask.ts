import { type Agent, type IncomingHttpHeaders, request } from 'node:http';

export const PROXY = '127.0.0.1';
export const STRANGER = '127.0.0.2';

/** A request, from where one likes. */
export interface Ask {
  readonly path: string;
  /** Header lines, name and value in turn: names may come twice. */
  readonly lines?: readonly string[];
  readonly from?: string;
  readonly method?: string;
  readonly body?: string;
  readonly agent?: Agent;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends a request and waits for all of the answer. */
export function ask(
  port: number,
  { path, lines = [], from, method, body, agent }: Ask,
): Promise<Answer> {
  return new Promise((done, failed) => {
    const req = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: method ?? 'GET',
        localAddress: from ?? PROXY,
        agent: agent ?? false,
        setHost: false,
        headers: ['Host', `127.0.0.1:${port}`, ...lines, ...framing(body)],
      },
      (res) => {
        let text = '';
        res.setEncoding('utf8');
        res.on('data', (chunk) => {
          text += chunk;
        });
        res.on('error', failed);
        res.on('end', () => done({ status: res.statusCode ?? 0, headers: res.headers, text }));
      },
    );
    req.on('error', failed);
    req.end(body);
  });
}

/** Latin-1, which is how Node writes header text: the bytes of its UTF-8. */
export function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function framing(body: string | undefined): readonly string[] {
  return body === undefined ? [] : ['Content-Length', String(Buffer.byteLength(body))];
}

/** Reads the JSON that a page of the fixture shows in its `<pre>`, or that a route answers with. */
export function shown({ text }: Answer): unknown {
  const inner = /<pre>(.*?)<\/pre>/s.exec(text)?.[1] ?? text;
  return JSON.parse(inner.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
}
