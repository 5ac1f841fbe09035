import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

it.each([
  ['express', 'ts', 'express.test.ts'],
  ['koa', 'ts', 'koa.test.ts'],
  ['hono', 'ts', 'hono.test.ts'],
  ['fastify', 'ts', 'fastify.ts'],
  ['nestjs', 'ts', 'nestjs.test.ts'],
  ['nextjs', 'ts', 'nextjs.ts'],
  ['testing', 'ts', 'testing.test.ts'],
  ['testing', 'js', 'mocha.mjs'],
  ['testing', 'js', 'playwright.config.mjs'],
])(
  'the README of %s shows a test that is run as it is written (%s, %s)',
  (name, language, file) => {
    const [, chapter = ''] = read(`../../${name}/README.md`).split(/^## (?:Testing|asUser)$/m);
    expect(chapter).toContain(`\`\`\`${language}\n${read(`./examples/${file}`)}\`\`\``);
  },
);
