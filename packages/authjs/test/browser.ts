import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';

/** Whom the proxy names with a request, if anybody, and where it comes from. */
export interface Sent {
  readonly user?: string;
  /** `127.0.0.2` is past the proxy. */
  readonly from?: string;
}

export interface Seen {
  readonly status: number;
  readonly location: string | undefined;
  readonly body: unknown;
}

/** A browser with an application of Auth.js: it keeps its cookies. */
export interface Browser {
  get(path: string, sent: Sent): Promise<Seen>;
  /** Sends a form, with the token against forged requests. */
  post(path: string, sent: Sent): Promise<Seen>;
  /** Gives who Auth.js takes the request for. */
  user(sent: Sent): Promise<string | null>;
  /** Another, with the same cookies. */
  copy(): Browser;
}

export function createBrowser(port: number, jar = new Map<string, string>()): Browser {
  async function ask(path: string, { user, from = '127.0.0.1' }: Sent, form?: object) {
    const body = form && new URLSearchParams(Object.entries(form)).toString();
    const req = request({
      host: '127.0.0.1',
      port,
      path,
      method: form ? 'POST' : 'GET',
      localAddress: from,
      agent: false,
      headers: {
        Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form && { 'Content-Type': 'application/x-www-form-urlencoded' }),
        ...(user !== undefined && { 'Remote-User': user }),
      },
    });
    req.end(body);
    const [res]: IncomingMessage[] = await once(req, 'response');
    if (!res) throw new Error('no answer');
    let text = '';
    for await (const chunk of res) text += chunk;
    for (const line of res.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    const isJson = /^["[{]|^null$/.test(text);
    const shown: unknown = isJson ? JSON.parse(text) : text;
    return { status: res.statusCode ?? 0, location: res.headers.location, body: shown };
  }

  return {
    get: (path, sent) => ask(path, sent),
    async post(path, sent) {
      const { body } = await ask('/auth/csrf', sent);
      return ask(path, sent, { csrfToken: Reflect.get(Object(body), 'csrfToken') });
    },
    async user(sent) {
      const { body } = await ask('/auth/session', sent);
      const name: unknown = Reflect.get(Object(Reflect.get(Object(body), 'user')), 'name');
      return typeof name === 'string' ? name : null;
    },
    copy: () => createBrowser(port, new Map(jar)),
  };
}
