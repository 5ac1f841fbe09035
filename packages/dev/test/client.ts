import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** One character a byte, as it came over the wire. */
  readonly raw: string;
  readonly body: string;
}

export interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends one request to a port of this machine, following nothing. */
export async function ask(
  url: string,
  { method = 'GET', path = '/', headers = {}, body }: Ask = {},
): Promise<Answer> {
  const { port } = new URL(url);
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const req = request({
    host: '127.0.0.1',
    port,
    method,
    path,
    agent: false,
    headers: { host: `localhost:${port}`, ...length, ...headers },
  });
  req.end(body);
  const [res] = await once(req, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of res) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return {
    status: res.statusCode,
    headers: Object.fromEntries(
      Object.entries(res.headers).map(([name, value]) => [name, String(value)]),
    ),
    raw: bytes.toString('latin1'),
    body: bytes.toString('utf8'),
  };
}

/** Sends exact bytes and gives all that comes back. */
export async function sendRaw(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(Buffer.from(bytes, 'latin1'));
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  await once(socket, 'close');
  return text;
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Posts a form as a page of the same origin does. */
export function post(
  url: string,
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const body = new URLSearchParams(fields).toString();
  return ask(url, { method: 'POST', path, body, headers: { ...FORM, origin: url, ...headers } });
}

/** Signs in and gives the `Cookie` header. */
export async function signIn(
  portalUrl: string,
  fields: Readonly<Record<string, string>>,
): Promise<string> {
  const { headers, status } = await post(portalUrl, '/', fields);
  if (status !== 303) throw new Error(`sign-in answered ${status}`);
  return cookieOf(headers['set-cookie']);
}

export function cookieOf(setCookie = ''): string {
  return setCookie.split(';')[0] ?? '';
}
