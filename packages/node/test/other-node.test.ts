import { createServer, IncomingMessage } from 'node:http';
import { expect, it, jest } from '@jest/globals';
import { createAuthenticator } from '@trusted-header/core';
import { run } from './in-process.js';
import { get, listen, portOf, sendRaw } from './raw-request.js';

it('strips everything on a Node that keeps headers in another way', async () => {
  // None of its symbols are known: as if they had other names.
  const symbols = jest.spyOn(Object, 'getOwnPropertySymbols').mockReturnValue([]);
  const { stripHeaders } = await import('../src/index.js');
  expect(symbols).toHaveBeenCalledWith(expect.any(IncomingMessage));
  symbols.mockRestore();

  const seen: unknown[] = [];
  const server = createServer((req, res) => {
    stripHeaders(req, createAuthenticator({ trustedProxies: '127.0.0.1' }));
    seen.push({ ...req.headers }, { ...req.headersDistinct }, req.rawHeaders);
    res.end();
  });
  await listen(server, '127.0.0.1');
  await sendRaw({ port: portOf(server) }, get('Remote-User: a', 'X-One: 1', 'Remote_User: b'));
  server.close();
  expect(seen).toEqual([
    { host: 'app', connection: 'close', 'x-one': '1' },
    { host: ['app'], connection: ['close'], 'x-one': ['1'] },
    ['Host', 'app', 'Connection', 'close', 'X-One', '1'],
  ]);
});

/** What is left of a request that has been read before, and of one that has not, on a Node that does otherwise. */
async function stripOn(otherwise: string): Promise<unknown> {
  const { stdout } = await run([
    '--input-type=module',
    '--eval',
    `
    import { once } from 'node:events';
    import http from 'node:http';
    const ownSymbols = Object.getOwnPropertySymbols;
    let isLookedFor = false;
    const symbolsBut = (change) => {
      Object.getOwnPropertySymbols = (holder) => {
        if (!(holder instanceof http.IncomingMessage)) return ownSymbols(holder);
        isLookedFor = true;
        return change(ownSymbols(holder), holder);
      };
    };
    ${otherwise}
    const { createAuthenticator } = await import('@trusted-header/core');
    const { stripHeaders } = await import('@trusted-header/node');
    Object.getOwnPropertySymbols = ownSymbols;
    const authenticator = createAuthenticator({ trustedProxies: '127.0.0.1' });
    const server = http.createServer((req, res) => {
      const held = req.url === '/read' ? [req.headers, req.headersDistinct] : [];
      stripHeaders(req, authenticator);
      res.end(JSON.stringify([...held, req.headers, req.headersDistinct, req.rawHeaders].map(Object.values)));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const answers = [];
    for (const path of ['/unread', '/read']) {
      const headers = ['Host', 'app', 'Connection', 'close', 'Remote-User', 'a', 'X-One', '1', 'Remote_User', 'b'];
      const [res] = await once(http.get({ port: server.address().port, host: '127.0.0.1', path, headers }), 'response');
      answers.push(JSON.parse((await res.toArray()).join('')));
    }
    console.log(JSON.stringify([isLookedFor, ...answers]));
    process.exit();
    `,
  ]);
  return JSON.parse(stdout);
}

const HEADERS = ['app', 'close', '1'];
const DISTINCT = [['app'], ['close'], ['1']];
const LINES = ['Host', 'app', 'Connection', 'close', 'X-One', '1'];
const CLEAN = [
  [HEADERS, DISTINCT, LINES],
  [HEADERS, DISTINCT, HEADERS, DISTINCT, LINES],
];

/** Something else has the name, and this in it. */
const another = (name: string, value: string) =>
  `symbolsBut((all, req) => {
    const other = Symbol('${name}');
    req[other] = ${value};
    return [other, ...all];
  });`;

it.each(
  ['kHeadersCount', 'kHeaders', 'kHeadersDistinct'].flatMap((name) => [
    [
      `${name} is called otherwise`,
      `symbolsBut((all) => all.filter(({ description }) => description !== '${name}'));`,
    ],
    [`${name} is something else`, another(name, '{}')],
    [`${name} is nothing yet`, another(name, 'undefined')],
    [`${name} is another number`, another(name, '0')],
  ]),
)('strips everything on a Node where %s', async (_, otherwise) => {
  expect(await stripOn(otherwise)).toEqual([true, ...CLEAN]);
});
