import { type Outgoing, type Reply, send } from '@trusted-header/app-ui/testing';
import { CookieJar } from 'tough-cookie';

/** Somebody with a browser of their own: it keeps cookies, and prefers HTML. */
export interface Visitor {
  /** Sends one request with the cookies for it. Follows no redirect. */
  visit(url: string | URL, outgoing?: Outgoing): Promise<Reply>;
  /** The cookies that a request to this address would have. */
  cookiesFor(url: string): Promise<string>;
  /** Sends a form from a page of the same site, and goes on to wherever that leads. */
  submit(url: string | URL, fields: Readonly<Record<string, string>>): Promise<Reply>;
}

const MOST_REDIRECTS = 10;
const HTML = ['Accept', 'text/html,application/xhtml+xml,*/*;q=0.8'] as const;

export function createVisitor(): Visitor {
  const jar = new CookieJar();
  return { visit, submit, cookiesFor: (url) => jar.getCookieString(url) };

  async function visit(url: string | URL, outgoing: Outgoing = {}): Promise<Reply> {
    const address = String(url);
    const cookies = await jar.getCookieString(address);
    const { lines = [HTML], ...rest } = outgoing;
    const reply = await send(url, {
      ...rest,
      lines: [...lines, ...(cookies === '' ? [] : [['Cookie', cookies] as const])],
    });
    for (const cookie of reply.headers['set-cookie'] ?? []) await jar.setCookie(cookie, address);
    return reply;
  }

  async function submit(
    url: string | URL,
    fields: Readonly<Record<string, string>>,
  ): Promise<Reply> {
    let here = new URL(url);
    let reply = await visit(here, {
      method: 'POST',
      lines: [HTML, ['Content-Type', 'application/x-www-form-urlencoded'], ['Origin', here.origin]],
      body: new URLSearchParams(fields).toString(),
    });
    for (let i = 0; i < MOST_REDIRECTS && reply.headers.location !== undefined; i++) {
      here = new URL(reply.headers.location, here);
      reply = await visit(here);
    }
    return reply;
  }
}
