import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { listen, pairsOf } from './loopback-world.js';

/** An authorization server that answers as Authelia 4.39 does, and remembers what it was asked with. */
export interface StrictAuthelia {
  readonly url: string;
  readonly questions: readonly Question[];
  close(): Promise<void>;
}

export interface Question {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** What `server.buffers.read` is where it was set as the generated configuration says. */
const READ_BUFFER = 16_384;
const PORTAL = 'https://auth.example.com/?rd=';

/**
 * Starts it. `authelia_session=john` is somebody; Basic credentials of `john:right` are, and others are wrong; nobody else is.
 *
 * @param prefix In front of every path, as `server.address: tcp://:9091/authelia` has it.
 */
export async function startStrictAuthelia(prefix = ''): Promise<StrictAuthelia> {
  const questions: Question[] = [];
  const { url, close } = await listen(
    createServer({ maxHeaderSize: READ_BUFFER }, (req, res) => {
      const { method = '', url: target = '' } = req;
      questions.push({ method, target, headers: pairsOf(req) });
      if (target.startsWith(`${prefix}/api/authz/`)) return answer(req, res);
      res.statusCode = 404;
      return res.end();
    }),
  );
  return { url: `${url}${prefix}`, questions, close };
}

function answer(req: IncomingMessage, res: ServerResponse): ServerResponse {
  const { headers } = req;
  const isAuthRequest = /[/]auth-request([?]|$)/.test(req.url ?? '');
  const session = /(?:^|; ?)authelia_session=(\w+)/.exec(headers.cookie ?? '')?.[1];
  const basic = headers.authorization?.startsWith('Basic ') ? headers.authorization : undefined;
  const target = isAuthRequest
    ? headers['x-original-url']
    : `${headers['x-forwarded-proto']}://${headers['x-forwarded-host']}${headers['x-forwarded-uri']}`;
  const method = headers[isAuthRequest ? 'x-original-method' : 'x-forwarded-method'];
  if (typeof target !== 'string' || typeof method !== 'string') return finish(res, 400);
  if (session === 'john' || basic === `Basic ${btoa('john:right')}`) {
    res.setHeader('Remote-User', 'john');
    return finish(res, 200);
  }
  res.setHeader('Set-Cookie', 'authelia_session=nobody; Path=/; HttpOnly');
  if (basic !== undefined) {
    res.setHeader('WWW-Authenticate', 'Basic realm="Authorization Required"');
    return finish(res, 401);
  }
  res.setHeader('Location', `${PORTAL}${encodeURIComponent(target)}&rm=${method}`);
  return finish(res, isAuthRequest ? 401 : redirectStatus(req, method));
}

function redirectStatus({ headers }: IncomingMessage, method: string): number {
  const isScript = /^xmlhttprequest$/i.test(String(headers['x-requested-with'] ?? ''));
  const types = (headers.accept ?? '').split(',').map((type) => type.replace(/;.*/, '').trim());
  if (isScript || !(types.includes('text/html') || types[0] === '*/*')) return 401;
  return ['GET', 'HEAD', 'OPTIONS'].includes(method) ? 302 : 303;
}

function finish(res: ServerResponse, status: number): ServerResponse {
  res.statusCode = status;
  return res.end();
}

/** An application that tells what reached it. */
export function createShowingServer(): Server {
  return createServer((req, res) => {
    res.end(JSON.stringify({ headers: pairsOf(req), body: req.url ?? '' }));
  });
}
