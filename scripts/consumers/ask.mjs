import { request } from 'node:http';
import { text } from 'node:stream/consumers';

/** The address of the proxy in all tests, and one that is not. */
export const PROXY = '127.0.0.1';
export const STRANGER = '127.0.0.2';

/** Sends a GET, and gives `{ status, type, body }`. */
export function ask(url, { headers = {}, from = PROXY } = {}) {
  return new Promise((done, failed) => {
    const sent = request(url, { headers, localAddress: from, agent: false, timeout: 60_000 });
    sent.on('timeout', () => sent.destroy(new Error(`${url} does not answer`)));
    sent.on('error', failed);
    sent.on('response', async (response) => {
      const { statusCode: status, headers: got } = response;
      done({ status, type: got['content-type'] ?? '', body: await text(response) });
    });
    sent.end();
  });
}
