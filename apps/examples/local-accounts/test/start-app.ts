import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export interface Reply {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Asking {
  /** Header lines as the proxy sends them, or somebody else. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Fields of a form: makes it a POST. */
  readonly form?: Readonly<Record<string, string>>;
  /** 127.0.0.2 is a stranger to an application that trusts 127.0.0.1. */
  readonly from?: string;
}

export interface RunningApp {
  readonly port: number;
  /** A browser of its own, with its cookies. */
  openBrowser(): (path: string, asking?: Asking) => Promise<Reply>;
  stop(): void;
}

/** Starts the built application in a process of its own: this process would be no proxy, since it is the application's. */
export async function startApp(env: Readonly<Record<string, string>>): Promise<RunningApp> {
  const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
  const child = spawn(process.execPath, [main], {
    env: { PORT: '0', SESSION_SECRET: 'a secret of this test and of nobody else', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const port = Number(/:(\d+)\n/.exec(line)?.[1]);
  return { port, openBrowser: () => openBrowser(port), stop: () => child.kill() };
}

function openBrowser(port: number) {
  const cookies = new Map<string, string>();
  return async (path: string, { headers = {}, form, from = '127.0.0.1' }: Asking = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = request({
      ...{ host: '127.0.0.1', port, path, localAddress: from, agent: false },
      method: form ? 'POST' : 'GET',
      headers: {
        accept: 'text/html',
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(cookie !== '' && { cookie }),
        ...headers,
      },
    });
    sent.end(form && new URLSearchParams(form).toString());
    const [response] = await once(sent, 'response');
    for (const line of response.headers['set-cookie'] ?? []) {
      const [name = '', value = ''] = line.split(';')[0].split('=');
      cookies.set(name, value);
    }
    return {
      status: response.statusCode,
      headers: response.headers,
      body: await text(response),
    };
  };
}
