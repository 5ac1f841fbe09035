import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { missingIncludes, withIncludes } from '../src/generate/includes.js';

let pages: string;

beforeAll(() => {
  pages = mkdtempSync(join(tmpdir(), 'trusted-header-pages-'));
  mkdirSync(join(pages, 'guides'));
  writeFileSync(join(pages, 'part.md'), 'A part.\n');
  writeFileSync(join(pages, 'guides/a.md'), '# A\n\n<!--@include: ../part.md-->\n');
  writeFileSync(join(pages, 'guides/b.md'), '<!--@include: ../gone.md-->\n');
});
afterAll(() => {
  rmSync(pages, { recursive: true });
});

it('names an include that leads nowhere', () => {
  expect(missingIncludes(pages)).toEqual(['guides/b.md: includes gone.md, which is not there']);
});

it('puts a part in the place of its include', () => {
  expect(withIncludes(join(pages, 'guides/a.md'))).toBe('# A\n\nA part.\n\n');
});
