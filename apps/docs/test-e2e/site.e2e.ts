import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { INPUTS } from './inputs.js';
import { answerOn, focusOn, spoken } from './playground-page.js';
import { readAnchors } from './read-anchors.js';
import { runCheck } from './run-check.js';
import { serveSite } from './serve-site.js';

const DOCS = join(process.cwd(), 'apps/docs');
const DIST = join(DOCS, '.vitepress/dist');
const CLI = join(process.cwd(), 'packages/cli/dist/bin.js');
const AXE = readFileSync(createRequire(join(DOCS, 'package.json')).resolve('axe-core'), 'utf8');

/** One page of each kind. */
const KINDS = [
  '/',
  '/guides/getting-started.html',
  '/guides/another-login.html',
  '/playground.html',
  '/playground.html#trusted=172.20.0.2&peer=172.20.0.9&text=Remote-User%3A%20john',
  '/playground.html#trusted=traefik&peer=172.20.0.9&text=Remote-User%3A%20john&required=groups',
  '/proxies/nginx.html',
  '/profiles/authentik.html',
  '/codes/peer-untrusted.html',
  '/packages/koa.html',
  '/api/login.html',
  '/benchmarks.html',
  '/changelog.html',
  '/security.html',
];

let server: Server;
let url: string;
let browser: Browser;
let foreign: string[];

beforeAll(async () => {
  // A link that leads nowhere fails the build. Of a test run's environment it gets nothing.
  const { status, stderr } = spawnSync(process.execPath, [join(DOCS, 'dist/main.js'), 'build'], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  if (status !== 0) throw new Error(stderr);
  ({ server, url } = await serveSite(DIST));
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
  foreign = [];
  // A build takes a quarter of a minute, and several on a busy machine.
}, 400_000);
afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** A page whose requests to other hosts are noted. */
async function open(
  path: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`)) foreign.push(request.url());
  });
  page.on('pageerror', (error) => {
    foreign.push(`error on ${page.url()}: ${error.message}`);
  });
  await page.goto(url + path, { waitUntil: 'networkidle' });
  return { context, page };
}

it('has an anchor for every link within it', () => {
  const { pages, dead } = readAnchors(DIST);
  expect(pages).toBeGreaterThan(90);
  expect(dead).toEqual([]);
});

it('has a list of its pages for programs, each of which is there', () => {
  const list = readFileSync(join(DIST, 'llms.txt'), 'utf8');
  const paths = [...list.matchAll(/\]\((\/[^)]+)\)/g)].map(([, path = '']) => path);
  expect(paths).toEqual(expect.arrayContaining(['/proxies/nginx.md', '/codes/peer-untrusted.md']));
  for (const path of paths) expect(readFileSync(join(DIST, path), 'utf8')).toContain('# ');
});

it('has no fault that axe can see on any kind of page, light and dark, and fits 375 pixels', async () => {
  const { context, page } = await open('/');
  const faults: string[] = [];
  for (const path of KINDS) {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 900 });
    // Without this, another fragment is no other page.
    await page.goto('about:blank');
    await page.goto(url + path);
    await page.locator('main, [role=main]').waitFor();
    await page.evaluate(AXE);
    faults.push(...(await faultsOf(page)).map((fault) => `${path}, light: ${fault}`));
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html.dark').waitFor();
    await page.setViewportSize({ width: 375, height: 812 });
    faults.push(...(await faultsOf(page)).map((fault) => `${path}, dark: ${fault}`));
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 375) faults.push(`${path} is ${width} pixels wide`);
  }
  await context.close();
  expect(faults).toEqual([]);
}, 300_000);

async function faultsOf(page: Page): Promise<string[]> {
  // Colours that are on their way to other ones have no contrast.
  await page.waitForTimeout(300);
  return page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
  );
}

it('finds what is searched for', async () => {
  const { context, page } = await open('/');
  await page.getByRole('button', { name: 'Search' }).first().click();
  await page.getByRole('searchbox').fill('peer-untrusted');
  await page.locator('.VPLocalSearchBox .result').first().waitFor();
  await page.locator('.VPLocalSearchBox a[href*="/codes/peer-untrusted"]').first().click();
  await page.waitForURL('**/codes/peer-untrusted.html*');
  // The address changes before the page does.
  await page.getByRole('heading', { level: 1, name: 'peer-untrusted' }).waitFor();
  await context.close();
});

it('decides in the playground as the command line does, on a hundred inputs', async () => {
  expect(INPUTS.length).toBeGreaterThanOrEqual(100);
  const { context, page } = await open('/playground.html');
  await page.getByText('As JSON').click();
  const kinds = new Set<string>();
  for (let i = 0; i < INPUTS.length; i += 4) {
    const some = INPUTS.slice(i, i + 4);
    const expected = await Promise.all(some.map((input) => runCheck(CLI, input)));
    for (const [j, input] of some.entries()) {
      const { json = '', message = '' } = expected[j] ?? {};
      const seen = await answerOn(page, input);
      expect([input, seen.json === '' ? '' : JSON.parse(seen.json)]).toEqual([
        input,
        json === '' ? '' : JSON.parse(json),
      ]);
      expect([input, spoken(seen.message)]).toEqual([input, spoken(message)]);
      kinds.add(seen.title);
    }
  }
  // They are no hundred times the same.
  expect([...kinds].sort()).toEqual(
    expect.arrayContaining(['anonymous', 'authenticated', 'refused: header-repeated']),
  );
  await context.close();
});

it('is used by keyboard, shows the focus, and tells no server what is typed', async () => {
  const { context, page } = await open('/playground.html');
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.locator('h1').click();
  await page.keyboard.press('Tab');
  for (let i = 0; i < 30 && (await focusOn(page)).id !== 'pg-peer'; i++) {
    await page.keyboard.press('Tab');
  }
  expect(await focusOn(page)).toEqual({ id: 'pg-peer', outline: 'solid' });
  await page.keyboard.press('Control+A');
  await page.keyboard.type('172.20.0.9');
  expect(await page.locator('.answer .title').textContent()).toBe('refused: peer-untrusted');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Cookie: session=1\nRemote-User: jane');
  await page.getByRole('button', { name: 'Copy a link to this' }).press('Enter');
  await page.getByRole('status').filter({ hasText: /\S/ }).waitFor();
  expect(decodeURIComponent(new URL(page.url()).hash)).toBe(
    '#trusted=172.20.0.2&peer=172.20.0.9&text=Cookie: (left out)\nRemote-User: jane',
  );
  // The icon of the page is asked for anew when its address changes.
  expect(requests.filter((request) => request !== `${url}/logo.svg`)).toEqual([]);
  await page.reload();
  expect(await page.getByLabel('Peer').inputValue()).toBe('172.20.0.9');
  await context.close();
});

it('asked no other host for anything, and had no error, in all of this', () => {
  expect(foreign).toEqual([]);
});
