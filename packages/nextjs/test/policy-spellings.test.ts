import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anyUser } from '@trusted-header/core';
import type { NextMiddleware } from 'next/server.js';
import { registerTrustedHeader, trustedHeaderProxy } from '../src/index.js';
import { findRegistry } from '../src/registry.js';
import { type Asked, decide, requestOf } from './decided-request.js';
import { through } from './through.js';

const BOB = decide('bob', 'dev');
const ADMINS = { groups: { anyOf: ['admins'] } };

beforeAll(() => registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false }));
afterAll(() => findRegistry()?.stop());

function of(proxy: NextMiddleware, decision: typeof BOB, asked: Asked) {
  return through(proxy, requestOf(decision, new Map(), asked));
}

describe('another spelling of a path that a policy protects', () => {
  const proxy = trustedHeaderProxy({
    policies: {
      '/admin/*': ADMINS,
      '/': { groups: { anyOf: ['front'] } },
      '/Legacy/a.b': ADMINS,
      '/mirror/http:/*': ADMINS,
    },
  });

  it.each([
    // What Next 16 and 15 really take for a file or page below /admin.
    ['/%61dmin/file.txt', 'an encoded letter'],
    ['/admin%2ffile.txt', 'an encoded slash'],
    ['/x/../admin', 'a dot segment'],
    ['/x/%2e%2e/admin', 'an encoded one'],
    ['/_next/static/%2E%2e/../admin', 'one below the files of the build'],
    ['/admin#x', 'a fragment'],
    ['/_next/data/the-build/admin.json', 'the data of a page'],
    ['/_next/data/the-build/admin/users.json', 'the data of a page below'],
    ['/_next/data/x/../the-build/admin.json', 'the same, by a dot segment'],
    ['/_next/data/the-build/index/admin.json', 'the same, below the name of the first page'],
    ['/_next/data/the-build/index/admin/users.json', 'a page below, by that name'],
    ['/_next/image?url=%2Fadmin%2Fphoto.png&w=64&q=75', 'an image of it'],
    ['/_next/image?w=64&url=/%61dmin/photo.png', 'an encoded image of it'],
    ['/_next/image?url=http%3A%2F%2Fapp.test%2Fadmin%2Fphoto.png', 'an image by its address'],
    ['/x/../_next/image?url=/admin/photo.png', 'an image by a dot segment'],
    ['/_next/image?url=/x&url=/admin/photo.png', 'the second of two images'],
    ['/_next/image?url=/adm%09in/photo.png', 'a tab, which URLs leave out'],
    ['/_next/image?url=/%0d%0aadmin/photo.png', 'the end of a line, which they leave out as well'],
    ['/_next/image/?url=/admin/photo.png', 'an image where trailingSlash is set'],
    ['/_next/data/the-build/_next/image.json?url=/admin/photo.png', 'an image as data of a page'],
    [
      '/_next/imagery?url=/admin/photo.png',
      'an image by a longer name, where a page answers to it',
    ],
    ['/_next/image/x?url=/admin/photo.png', 'an image by a name below'],
    ['/_next/data/the-build/_next/image/x.json?url=/admin/photo.png', 'the data of one'],
    ['/feed/(..)admin', 'the page that an intercepting route shows in the place of another'],
    ['/feed/%28..%29admin/users', 'the same, encoded'],
    ['/(.)admin', 'one beside it'],
    ['/feed/deep/(..)(..)admin/users', 'one from further below'],
    ['/feed/deep/(...)admin.rsc', 'the payload of one from anywhere'],
    ['/_next/data/the-build/feed/(..)admin.json', 'the data of one'],
    ['/admin/feed/(..)(..)other', 'one that leads away: a router may not go there'],
    // What a router, file system or rewrite might.
    ['//admin', 'two slashes'],
    ['/\\admin', 'a backslash'],
    ['/x/..\\admin', 'a backslash behind dots'],
    ['/%5cadmin', 'an encoded backslash'],
    ['/ADMIN/users', 'capital letters: sources of rewrites ignore the case'],
    ['/adm\u0131n/users', 'a letter whose capital is that of another'],
    ['/adm%C4%B1n/users', 'the same, encoded'],
    ['/%2561dmin', 'a letter encoded twice'],
    ['/%25252561dmin', 'a letter encoded more often than anybody reads'],
    ['/%252525252525252561dmin', 'the same'],
    ['/admin;x=1/users', 'a parameter'],
    ['/admin%00', 'a NUL'],
    ['/admin%00.png', 'a NUL before an ending'],
    ['/admin%00%ff', 'a NUL before what is no UTF-8'],
    ['/./admin', 'a dot segment that leads nowhere'],
    ['/admin.rsc', 'the payload of a page'],
    ['/admin.prefetch.rsc', 'its prefetch'],
    ['/admin.segments/_tree.segment.rsc', 'a segment of it'],
    ['/admin.segments/admin/__PAGE__.segment.rsc', 'another segment of it'],
    ['/a//../admin', 'an empty segment that a dot segment takes away'],
    ['http://app.test/admin', 'an absolute form'],
    ['h2c://app.test/admin', 'a scheme with a digit'],
    ['//app.test/admin', 'a host'],
    ['///app.test/admin', 'a host behind three slashes'],
    ['/mirror/http://a/b', 'an address within a path'],
    ['/%ff/../admin', 'what is no UTF-8'],
    ['/%ff%2f..%2fadmin', 'the same, encoded'],
    ['/admin/%zz', 'what is no encoding'],
    ['/admin/..', 'away from it again: a router may not go there'],
    ['/legacy/a.b/', 'a dot in a pattern'],
    ['/_next/image?url=/legacy/a.b%20', 'a space at the end, which URLs leave out'],
    ['/legacy/a.b%01%09', 'control characters at the end'],
    ['/index.rsc', 'the payload of the first page'],
    ['/_next/data/the-build/index.json', 'the data of the first page'],
    ['/?x=/y', 'a query'],
  ])('%s: %s', async (target) => {
    // Next may have read it in a way of its own, or in none.
    const asked = { path: '/other', target };
    expect(await of(proxy, BOB, asked)).toBe('403');
    const carol = decide('carol', 'admins,front');
    expect(await of(proxy, carol, asked)).toBe('on');
  });

  it.each([
    '/administration',
    '/x/admin',
    '/x/admin.json',
    '/other?next=/admin',
    '/search?url=/admin',
    '/feed/(.)admin',
    '/feed/deep/(..)admin',
    '/feed/(other)/admin',
    '/adminx.rsc',
    '/gr%C3%B6%C3%9Fe',
    '/_next/image?url=/photo.png',
    '/_next/data/the-build/other.json',
    '/_next/data/the-build/admin.json/x',
    '/_next/data/the-build/x/index/admin.json',
    '/x/_next/data/the-build/admin.json',
    '/x//y/admin',
    '/admin.rsc/x.rsc',
    '/index',
    '/%252561bout',
    '/legacy/aXb',
  ])('but not %s', async (target) => {
    expect(await of(proxy, BOB, { path: '/other', target })).toBe('on');
  });

  it('asks of an address what its path asks for, and no more', async () => {
    const all = trustedHeaderProxy({
      policies: { '/*': { groups: { anyOf: ['staff'] } }, '/admin/*': ADMINS },
    });
    const asked = { path: '/admin', target: 'http://app.test/admin' };
    expect(await of(all, decide('alice', 'admins'), asked)).toBe('on');
    expect(await of(all, BOB, asked)).toBe('403');
  });

  it('gets nobody from one policy to a weaker one below it', async () => {
    const files = trustedHeaderProxy({
      policies: { '/Files/*': ADMINS, '/Files/public/*': { groups: { anyOf: ['dev'] } } },
    });
    const ask = (target: string) => of(files, BOB, { path: '/other', target });
    expect(await ask('/Files/public/a')).toBe('on');
    expect(await ask('/Files/secret')).toBe('403');
    for (const other of ['/Files/PUBLIC/secret', '/Files/public;v2/secret', '/Files/Public']) {
      expect([other, await ask(other)]).toEqual([other, '403']);
    }
    // Below no policy as it is written: what may be taken for the weaker one asks for that.
    expect(await ask('/files/public/a')).toBe('on');
  });

  it('is also what Next has read, whatever the client wrote', async () => {
    expect(await of(proxy, BOB, { path: '/admin', target: '/other' })).toBe('403');
    expect(await of(proxy, BOB, { path: '/x/../%61dmin/y', target: '/other' })).toBe('403');
  });

  it('must be admitted by the policy of every reading', async () => {
    const both = trustedHeaderProxy({
      policies: { '/admin/*': ADMINS, '/admin/help': anyUser },
    });
    expect(await of(both, BOB, { path: '/admin/help' })).toBe('on');
    expect(await of(both, BOB, { path: '/admin/help', target: '/admin/help/../users' })).toBe(
      '403',
    );
    expect(await of(both, BOB, { path: '/admin/help', target: '/admin/users/..%2fhelp' })).toBe(
      '403',
    );
  });
});
