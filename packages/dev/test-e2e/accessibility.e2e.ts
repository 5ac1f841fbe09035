import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Refusal, renderProblem } from '@trusted-header/core';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type RunningDev, startDev } from '../src/index.js';
import { type EchoApp, startEchoApp } from '../test/echo-app.js';

let browser: Browser;
let app: EchoApp;
let dev: RunningDev;

beforeAll(async () => {
  app = await startEchoApp();
  dev = await startDev({
    users: [{ user: 'john', groups: ['dev', 'admin'], name: 'John Doe' }],
    upstreams: [{ target: app.url, port: 0 }],
    portalPort: 0,
  });
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
});
afterAll(async () => {
  await browser?.close();
  await dev?.close();
  await app?.close();
});

const signIn = 'https://auth.example.com/?rd=https%3A%2F%2Fapp.example.com%2F';
const REFUSALS: readonly Refusal[] = [
  { kind: 'anonymous', trusted: true },
  { kind: 'refused', reason: 'peer-untrusted' },
  { kind: 'denied', reason: 'group-missing' },
  { kind: 'denied', reason: 'user-unknown' },
  { kind: 'unavailable', reason: 'user-unavailable' },
  { kind: 'unavailable', reason: 'undecided' },
];
const LOOKS = [
  ['light', 1280],
  ['dark', 375],
] as const;

describe.each(LOOKS)('in %s, %i pixels wide', (colorScheme, width) => {
  async function look(see: (page: Page) => Promise<void>): Promise<void> {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 700 } });
    await see(await context.newPage());
    await context.close();
  }

  it.each(['en', 'de', 'fr', 'es', 'zh'])('problem pages in %s are for everybody', (language) =>
    look(async (page) => {
      // The others differ from these in a sentence.
      for (const refusal of language === 'en' ? REFUSALS : REFUSALS.slice(0, 2)) {
        const { body } = renderProblem(refusal, {
          accept: 'text/html',
          acceptLanguage: language,
          signIn,
        });
        await page.setContent(body);
        expect(await faultsOf(page)).toEqual([]);
        if (refusal.kind === 'anonymous') {
          await page.keyboard.press('Tab');
          expect(await focusRing(page)).toBe('A: 3px solid');
          await shoot(page, `problem-${language}-${colorScheme}-${width}`);
        }
      }
    }),
  );

  it('the portal is for everybody', () =>
    look(async (page) => {
      await page.goto(dev.portalUrl);
      await page.getByText('Somebody else').click();
      expect(await faultsOf(page)).toEqual([]);
      for (const element of ['BUTTON', 'SUMMARY', 'INPUT']) {
        await page.locator(`${element}:visible`).first().focus();
        await page.keyboard.press('Tab');
        await page.keyboard.press('Shift+Tab');
        expect(await focusRing(page)).toBe(`${element}: 3px solid`);
      }
      await shoot(page, `portal-${colorScheme}-${width}`);
      await page.getByRole('button', { name: /john/ }).click();
      await page.goto(`${dev.portalUrl}/logout`);
      expect(await faultsOf(page)).toEqual([]);
    }));
});

/** What axe finds (WCAG 2.2 AA and best practice), and whether anything is wider than the window. */
async function faultsOf(page: Page): Promise<string[]> {
  // Evaluated, since the pages' own policy lets no script in.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: loaded } = Object(globalThis);
    const { violations } = await loaded.run(document, { resultTypes: ['violations'] });
    const ids: string[] = violations.map(({ id }: { readonly id: string }) => id);
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [...ids, 'too wide'] : ids;
  });
}

function focusRing(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused) return 'nothing';
    const { outlineWidth, outlineStyle } = getComputedStyle(focused);
    return `${focused.tagName}: ${outlineWidth} ${outlineStyle}`;
  });
}

/** Pictures for people, where they are asked for: `SCREENSHOTS=1`. */
async function shoot(page: Page, name: string): Promise<void> {
  if (process.env['SCREENSHOTS'] === undefined) return;
  const folder = join(tmpdir(), 'trusted-header-screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
