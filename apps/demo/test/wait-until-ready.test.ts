import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { isForPeople } from '../src/demo-error.js';
import { hold } from '../src/plan-ports.js';
import { waitUntilReady } from '../src/wait-until-ready.js';

describe('waitUntilReady', () => {
  it('takes any answer, and waits for one', async () => {
    const { port, release } = await hold(0);
    await release();
    const ready = waitUntilReady(
      'The app',
      `http://127.0.0.1:${port}`,
      new AbortController().signal,
    );
    const server = createServer((_, res) => res.writeHead(500).end());
    setTimeout(() => server.listen(port, '127.0.0.1'), 150);
    await ready;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('gives up on a server that says nothing, and names it', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`;
    const error: unknown = await waitUntilReady(
      'The app',
      url,
      new AbortController().signal,
      300,
    ).catch((reason) => reason);
    expect(String(error)).toContain(`The app did not answer on ${url} within 0.3 s`);
    expect(isForPeople(error)).toBe(true);
    server.closeAllConnections();
    server.close();
  });

  it('stops when nobody waits any more', async () => {
    const { port, release } = await hold(0);
    await release();
    const giveUp = new AbortController();
    const ready = waitUntilReady('The app', `http://127.0.0.1:${port}`, giveUp.signal);
    giveUp.abort();
    await expect(ready).resolves.toBeUndefined();
  });
});
