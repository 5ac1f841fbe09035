import { once } from 'node:events';
import { request } from 'node:http';
import type { INestApplication } from '@nestjs/common';

/** Header lines of the user whom these tests are about. */
export const JOHN = { 'Remote-User': 'john', 'Remote-Groups': 'dev' };

/** Starts an application on a free port. */
export async function listen(app: INestApplication): Promise<number> {
  await app.listen(0, '127.0.0.1');
  return app.getHttpServer().address().port;
}

/** An answer, as far as these tests look at it. */
export interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: string;
}

/** Where a request comes from, and what it carries. */
export interface Visit {
  readonly headers?: Record<string, string>;
  readonly host?: string;
  readonly from?: string;
  readonly method?: string;
  readonly body?: string;
}

/** Asks as the proxy, or from another address. */
export async function visit(port: number, path: string, visit: Visit = {}): Promise<Answer> {
  const { headers = {}, host = '127.0.0.1', method = 'GET', body } = visit;
  const { from = host } = visit;
  const req = request({
    host,
    port,
    path,
    method,
    headers,
    localAddress: from,
    agent: false,
  });
  req.end(body);
  const [res] = await once(req, 'response');
  let text = '';
  for await (const chunk of res) text += chunk;
  return { status: res.statusCode, type: res.headers['content-type'], body: text };
}
