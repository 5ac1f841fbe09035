import { expect, it } from '@jest/globals';
import { inProcess } from './in-process.js';

/** `Cache-Control` of the answer of each handler, and a header that it sets as well. */
const ANSWERS = `
  const { registerTrustedHeader } = await load();
  registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
  const handlers = {
    'sets nothing': (res) => res.end('x'),
    'writes in two parts': (res) => { res.write('x'); res.end('y'); },
    'sets its own': (res) => { res.setHeader('Cache-Control', 'public, max-age=60'); res.end('x'); },
    'sets another': (res) => { res.setHeader('X-Other', 'a'); res.end('x'); },
    'writes its own': (res) => res.writeHead(200, { 'cache-control': 'no-store' }).end('x'),
    'writes its own in a list': (res) => res.writeHead(200, ['Cache-Control', 'no-store']).end('x'),
    'writes its own behind a phrase': (res) => res.writeHead(200, 'Fine', { 'CACHE-CONTROL': 'no-store' }).end('x'),
    'writes another': (res) => res.writeHead(200, { 'X-Other': 'a' }).end('x'),
    'writes another in a list': (res) => res.writeHead(200, ['X-Other', 'a']).end('x'),
    'writes two lines of a name': (res) => res.writeHead(200, ['X-Other', 'a', 'X-Other', 'b']).end('x'),
    'writes two lines in pairs': (res) => res.writeHead(200, [['X-Other', 'a'], ['X-Other', 'b']]).end('x'),
    'writes two lines and its own': (res) => res.writeHead(200, ['X-Other', 'a', 'X-Other', 'b', 'cache-control', 'no-store']).end('x'),
    'writes no headers': (res) => res.writeHead(200, null).end('x'),
    'is patched by others': (res) => {
      const { writeHead } = res;
      const value = (...args) => Reflect.apply(writeHead, res, args);
      res.writeHead = value;
      Object.defineProperty(res, 'writeHead', { get: () => value });
      res.writeHead(200, { 'X-Other': 'a' }).end('x');
    },
  };
  let handler;
  const port = await start((req, res) => handler(res));
  const answers = {};
  for (const [name, each] of Object.entries(handlers)) {
    handler = each;
    const answer = await exchange(port, lines);
    answers[name] = [...answer.matchAll(/^(?:cache-control|x-other): (.*)$/gim)].map(([, value]) => value).join(' | ');
  }
  console.log(JSON.stringify(answers));
`;

it('keeps answers to somebody out of shared caches, unless the application says otherwise', async () => {
  const script = `const lines = ['Remote-User: alice'];${ANSWERS}`;
  expect(await inProcess(script)).toEqual({
    'sets nothing': 'private',
    'writes in two parts': 'private',
    'sets its own': 'public, max-age=60',
    'sets another': 'a | private',
    'writes its own': 'no-store',
    'writes its own in a list': 'no-store',
    'writes its own behind a phrase': 'no-store',
    'writes another': 'private | a',
    'writes another in a list': 'a | private',
    'writes two lines of a name': 'a | b | private',
    'writes two lines in pairs': 'a | b | private',
    'writes two lines and its own': 'a | b | no-store',
    'writes no headers': 'private',
    'is patched by others': 'private | a',
  });
});

/** As Next writes heads: what it keeps of a page itself, with its own words for shared caches. */
const NEXTS_OWN = `
  const { registerTrustedHeader, trustedHeaderProxy } = await load();
  const { NextRequest } = await import('next/server.js');
  registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false, open: ['/open'] });
  const proxy = trustedHeaderProxy({ anonymous: ({ nextUrl }) => nextUrl.pathname === '/anonymous' ? 'allow' : undefined });
  const heads = {
    'a prerendered page': { 'x-nextjs-prerender': '1', 'Cache-Control': 's-maxage=31536000' },
    'one that is made anew': { 'x-nextjs-cache': 'STALE', 'Cache-Control': 's-maxage=60, stale-while-revalidate=31535940' },
    'one of Next 15': { 'x-nextjs-cache': 'HIT', 'Cache-Control': 's-maxage=60, stale-while-revalidate' },
    'an image': { 'X-Nextjs-Cache': 'HIT', 'Cache-Control': 'public, max-age=14400, must-revalidate' },
    'an imported image': { 'X-Nextjs-Cache': 'HIT', 'Cache-Control': 'public, max-age=315360000, immutable' },
    'a file of public/': { 'Accept-Ranges': 'bytes', 'Cache-Control': 'public, max-age=0' },
    'what the application says as Next does': { 'Cache-Control': 'public, max-age=0' },
    'what the application says of a page': { 'x-nextjs-cache': 'HIT', 'Cache-Control': 'public, s-maxage=60' },
    'what the application says': { 'Cache-Control': 's-maxage=31536000' },
    'what it says as well': { 'x-nextjs-cache': 'HIT', 'Cache-Control': 's-maxage=60, must-revalidate' },
    'what it says of an image': { 'x-nextjs-cache': 'HIT', 'Cache-Control': 'no-transform, public, max-age=60, must-revalidate' },
    'what it says besides': { 'x-nextjs-cache': 'HIT', 'Cache-Control': 'public, max-age=60, must-revalidate, no-transform' },
    'one without a word': { 'x-nextjs-cache': 'HIT' },
    'a page for one': { 'x-nextjs-prerender': '1', 'Cache-Control': 'private, no-cache, no-store, max-age=0, must-revalidate' },
  };
  const port = await start(async (req, res) => {
    const { 'x-path': path, 'x-head': head } = req.headers;
    if (path !== '/unmatched') await proxy(new NextRequest('http://a' + path, { headers: req.headers }));
    for (const [name, value] of Object.entries(heads[head])) res.setHeader(name, value);
    res.end('x');
  });
  const answers = {};
  for (const path of ['/', '/anonymous', '/unmatched']) for (const head of Object.keys(heads)) {
    const answer = await exchange(port, ['Remote-User: alice', 'X-Path: ' + path, 'X-Head: ' + head]);
    (answers[path] ??= {})[head] = headerOf(answer, 'cache-control');
  }
  console.log(JSON.stringify(answers));
`;

it('takes no word of Next’s own for one of the application’s, where nobody may have the page', async () => {
  const closed = {
    'a prerendered page': 'private, no-cache',
    'one that is made anew': 'private, no-cache',
    'one of Next 15': 'private, no-cache',
    'an image': 'private, max-age=14400, must-revalidate',
    'an imported image': 'public, max-age=315360000, immutable',
    'a file of public/': 'private, max-age=0',
    'what the application says as Next does': 'public, max-age=0',
    'what the application says of a page': 'public, s-maxage=60',
    'what the application says': 's-maxage=31536000',
    'what it says as well': 's-maxage=60, must-revalidate',
    'what it says of an image': 'no-transform, public, max-age=60, must-revalidate',
    'what it says besides': 'public, max-age=60, must-revalidate, no-transform',
    'one without a word': 'private',
    'a page for one': 'private, no-cache, no-store, max-age=0, must-revalidate',
  };
  expect(await inProcess(NEXTS_OWN)).toEqual({
    '/': closed,
    '/unmatched': closed,
    '/anonymous': {
      ...closed,
      'a prerendered page': 's-maxage=31536000',
      'one that is made anew': 's-maxage=60, stale-while-revalidate=31535940',
      'one of Next 15': 's-maxage=60, stale-while-revalidate',
      'an image': 'public, max-age=14400, must-revalidate',
      'a file of public/': 'public, max-age=0',
    },
  });
});

it('leaves answers to nobody as they are', async () => {
  expect(await inProcess(`const lines = [];${ANSWERS}`)).toEqual({
    'sets nothing': '',
    'writes in two parts': '',
    'sets its own': 'public, max-age=60',
    'sets another': 'a',
    'writes its own': 'no-store',
    'writes its own in a list': 'no-store',
    'writes its own behind a phrase': 'no-store',
    'writes another': 'a',
    'writes another in a list': 'a',
    'writes two lines of a name': 'a | b',
    'writes two lines in pairs': 'a | b',
    'writes two lines and its own': 'a | b | no-store',
    'writes no headers': '',
    'is patched by others': 'a',
  });
});
