import type { Page } from 'playwright-core';
import type { PlaygroundInput } from '../src/playground/input.js';

/** Without the name of the file, and without what engines say in addition about JSON. */
export function spoken(message: string): string {
  return message.replace('--from: - ', '--from: the text ').replace(/ \(line \d+ column \d+\)/, '');
}

/** Puts an input into the playground by its link, and reads what it says. */
export async function answerOn(
  page: Page,
  input: PlaygroundInput,
): Promise<{ json: string; message: string; title: string }> {
  const fragment = Object.entries(input)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  await page.evaluate(
    (hash) =>
      new Promise<void>((resolve) => {
        addEventListener('hashchange', () => setTimeout(resolve, 0), { once: true });
        location.hash = hash;
      }),
    fragment,
  );
  return page.evaluate(() => {
    const text = (selector: string): string => document.querySelector(selector)?.textContent ?? '';
    return {
      json: text('[data-testid="json"]'),
      message: text('.answer .message'),
      title: text('.answer .title strong'),
    };
  });
}

/** Gives what has the focus, and whether that is seen. */
export function focusOn(page: Page): Promise<{ id: string; outline: string }> {
  return page.evaluate(() => {
    const { activeElement } = document;
    return activeElement
      ? { id: activeElement.id, outline: getComputedStyle(activeElement).outlineStyle }
      : { id: '', outline: '' };
  });
}
