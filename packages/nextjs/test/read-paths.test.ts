import { expect, it } from '@jest/globals';
import { NextDataPathnameNormalizer } from 'next/dist/server/normalizers/request/next-data.js';
import { readPaths } from '../src/read-paths.js';

it.each([
  ['/_next/data/the-build/admin.json', '/admin'],
  ['/_next/data/the-build/index.json', '/'],
  ['/_next/data/the-build/index/admin.json', '/admin'],
  ['/_next/data/the-build/index/index.json', '/index'],
  ['/_next/data/the-build/index/index/admin.json', '/index/admin'],
  ['/_next/data/the-build/admin/index.json', '/admin/index'],
])('the data %s are those of %s, as Next itself reads them', (target, page) => {
  expect(new NextDataPathnameNormalizer('the-build').normalize(target)).toBe(page);
  expect([...(readPaths(target, '') ?? [])]).toContain(page);
});
