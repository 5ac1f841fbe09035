import type { IncomingMessage, ServerResponse } from 'node:http';
import { html } from 'hono/html';
import { PAGE_HEADERS, page } from '../portal/page.js';

/** Answers in plain words of our own: as a page for browsers, as text for others. */
export async function answerInWords(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  title: string,
  text: string,
): Promise<void> {
  const isHtml = req.headers.accept?.includes('text/html') ?? false;
  const body = isHtml ? String(await page(title, html`<p>${text}</p>`)) : `${title}. ${text}\n`;
  res.writeHead(status, {
    ...PAGE_HEADERS,
    'content-type': isHtml ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  res.end(body);
}
