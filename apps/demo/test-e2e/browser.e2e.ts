import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
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
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
});
afterAll(async () => {
  await browser?.close();
  demo.signal('SIGINT');
  expect(await demo.exitCode()).toBe(0);
});

const APPS = ['hono', 'koa', 'nestjs', 'next.js'];

it.each(APPS)(
  'a person signs in, sees who they are on the %s app, and signs out of it and of the portal',
  async (name) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const home = links[name] ?? '';
    await page.goto(home);
    await page.getByRole('button', { name: /zoe/ }).click();
    await page.waitForURL(`${home}/`);
    expect(await headingOf(page)).toContain('Zoë Müller');
    await page.getByRole('link', { name: 'Admins only' }).first().click();
    expect(await headingOf(page)).toContain('Admins only');
    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(await headingOf(page)).toBe('You are signed out of this app');
    await page.goto(home);
    expect(await headingOf(page)).toBe('You are signed out of this app');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    expect(await headingOf(page)).toContain('Zoë Müller');
    await page.getByRole('link', { name: 'Sign out at the portal' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.goto(home);
    expect(page.url()).toContain('rd=');
    await context.close();
  },
);

it.each(APPS)(
  'another person at the same browser ends the page of who is there, on the %s app',
  async (name) => {
    const context = await browser.newContext({ viewport: { width: 900, height: 700 } });
    const watching = await context.newPage();
    const other = await context.newPage();
    const home = links[name] ?? '';
    await watching.goto(home);
    await watching.getByRole('button', { name: /zoe/ }).click();
    await watching.waitForURL(`${home}/`);
    await watching.goto(`${home}/live`);
    await watching.getByText('Connected.', { exact: true }).waitFor();
    expect(await watching.locator('#there li').allTextContents()).toContain('Zoë Müller');
    await shoot(watching, `${name}-1-zoe-is-there`);

    await other.goto(links.portal ?? '');
    await other.getByRole('button', { name: /jiri/ }).click();
    await other.goto(home);
    expect(await headingOf(other)).toContain('Jiří Dvořák');
    await shoot(other, `${name}-2-jiri-in-the-same-browser`);

    await watching.getByText('somebody else has signed in').waitFor();
    expect(await watching.locator('#there li').count()).toBe(0);
    await shoot(watching, `${name}-3-the-page-of-zoe`);
    await watching.reload();
    expect(await watching.getByRole('navigation').count()).toBe(1);
    await watching.goto(home);
    expect(await headingOf(watching)).toContain('Jiří Dvořák');
    await context.close();
  },
);

function headingOf(page: Page): Promise<string | null> {
  return page.getByRole('heading', { level: 1 }).textContent();
}

/** Keeps a picture for whoever wants to look: in SCREENSHOTS, or among the temporary files. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS ?? join(tmpdir(), 'trusted-header-screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
