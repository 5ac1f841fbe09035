import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';

/** What the proxy sends with a request: whom it names, nobody, or something forged past it. */
export interface Sent {
  readonly user?: string;
  readonly groups?: string;
  readonly method?: string;
  /** Past the proxy: from 127.0.0.2. */
  readonly from?: string;
  /** A cookie that was kept from before, in the place of the browser's own. */
  readonly cookie?: string;
}

export interface Seen {
  readonly status: number;
  readonly body: unknown;
}

/** A browser behind the proxy: it keeps its cookies. */
export interface Browser {
  readonly cookie: string | undefined;
  visit(path: string, sent?: Sent): Promise<Seen>;
  /** Waits for the head of an answer only, which may have no end. */
  open(path: string, sent?: Sent): Promise<void>;
}

export function createBrowser(port: number): Browser {
  const cookies = new Map<string, string>();
  const cookie = () => [...cookies.values()].join('; ') || undefined;
  /** Sends a request, waits for the head of the answer and keeps its cookies. */
  async function begin(path: string, sent: Sent): Promise<IncomingMessage> {
    const { user, groups, method = 'GET', from = '127.0.0.1' } = sent;
    const kept = sent.cookie ?? cookie();
    const req = request({
      host: '127.0.0.1',
      port,
      path,
      method,
      localAddress: from,
      agent: false,
      headers: {
        ...(user !== undefined && { 'Remote-User': user }),
        ...(groups !== undefined && { 'Remote-Groups': groups }),
        ...(kept !== undefined && { Cookie: kept }),
        'X-Forwarded-For': '127.0.0.1',
      },
    });
    req.end();
    const [res]: IncomingMessage[] = await once(req, 'response');
    if (!res) throw new Error('no answer');
    // Several: one may be the signature of another.
    for (const set of res.headers['set-cookie'] ?? []) {
      const [pair = ''] = set.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair);
    }
    return res;
  }
  return {
    get cookie() {
      return cookie();
    },
    async visit(path, sent = {}) {
      const res = await begin(path, sent);
      let text = '';
      for await (const chunk of res) text += chunk;
      return { status: res.statusCode ?? 0, body: parsed(text) };
    },
    async open(path, sent = {}) {
      const res = await begin(path, sent);
      res.on('error', () => undefined).resume();
    },
  };
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // Of a problem, what tells it from others.
    return typeof value === 'object' && value !== null && 'code' in value ? value.code : value;
  } catch {
    return text;
  }
}
