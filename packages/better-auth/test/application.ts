import { fork } from 'node:child_process';
import { request } from 'node:http';

export interface Settings {
  readonly framework: 'hono' | 'express';
  readonly database: 'memory' | 'sqlite';
  readonly cookieCache: boolean;
}

export interface Answer {
  readonly status: number;
  readonly setCookies: readonly string[];
  readonly body: unknown;
}

interface Ask {
  /** The proxy is 127.0.0.1; 127.0.0.2 is a stranger. */
  readonly from?: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Starts `server.mjs` in a process that knows nothing of jest. */
export async function startApplication(settings: Settings) {
  const child = fork(new URL('server.mjs', import.meta.url), [JSON.stringify(settings)], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production' },
    execArgv: [],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(Reflect.get(Object(message), 'port'))));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return {
    browser: (cookies = new Map<string, string>()) => createBrowser(port, cookies),
    stop: () => child.disconnect(),
  };
}

export type Application = Awaited<ReturnType<typeof startApplication>>;

function createBrowser(port: number, cookies: Map<string, string>) {
  return {
    cookies,
    stolen: () => new Map(cookies),
    async ask(asked: Ask = {}): Promise<Answer> {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await send(port, cookie, asked);
      for (const line of answer.setCookies) {
        const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(line) ?? [];
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
      return answer;
    },
  };
}

function send(port: number, cookie: string, asked: Ask): Promise<Answer> {
  const { from = '127.0.0.1', method = 'GET', path = '/', headers = {}, body } = asked;
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request({
      host: '127.0.0.1',
      port,
      localAddress: from,
      method,
      path,
      agent: false,
      headers: {
        origin: 'http://127.0.0.1',
        ...(cookie !== '' && { cookie }),
        ...(text !== undefined && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        }),
        ...headers,
      },
    });
    sent.once('error', reject);
    sent.once('response', async (response) => {
      let received = '';
      for await (const chunk of response.setEncoding('utf8')) received += chunk;
      resolve({
        status: response.statusCode ?? 0,
        setCookies: response.headers['set-cookie'] ?? [],
        body: parsed(received),
      });
    });
    sent.end(text);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
