import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';
import { type RunningDemo, runDemo } from '../test/run-demo.js';

let demo: RunningDemo;
let browser: Browser;
let links: Record<string, string>;

beforeAll(async () => {
  demo = runDemo('--port-base', '18080');
  await demo.until('Ctrl-C');
  links = Object.fromEntries(
    [...demo.output().matchAll(/^\W*([\w.]+).*?(http:\/\/localhost:\d+)/gm)].map(
      ([, name = '', url = '']) => [name.toLowerCase(), url],
    ),
  );
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});
afterAll(async () => {
  await browser?.close();
  demo.signal('SIGINT');
  expect(await demo.exitCode()).toBe(0);
});

it.each(['hono', 'koa', 'nestjs', 'next.js'])(
  'a person signs in, sees who they are on the %s app, and signs out',
  async (name) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const home = links[name] ?? '';
    await page.goto(home);
    await page.getByRole('button', { name: /zoe/ }).click();
    await page.waitForURL(`${home}/`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Zoë Müller');
    await page.getByRole('link', { name: 'Admins only' }).first().click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Admins only');
    await page.getByRole('link', { name: 'Sign out' }).first().click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.goto(home);
    expect(page.url()).toContain('rd=');
    await context.close();
  },
);
