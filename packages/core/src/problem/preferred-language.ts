import { de } from './languages/de.js';
import { en } from './languages/en.js';
import { es } from './languages/es.js';
import { fr } from './languages/fr.js';
import type { Language } from './languages/language.js';
import { zh } from './languages/zh.js';
import { readWeighted, type Weighted } from './read-weighted.js';

/** English is for whoever asks for none of them. */
const LANGUAGES: readonly [Language, ...Language[]] = [en, de, fr, es, zh];

/**
 * Finds the language that an `Accept-Language` header (RFC 9110 section 12.5.4) ranks highest, of those that pages are written
 * in; English for everything else. `de-AT` finds German (RFC 4647 section 3.4). The first of equals wins.
 */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const ranges = readWeighted(acceptLanguage);
  let best = LANGUAGES[0];
  let bestWeight = 0;
  // Once: a client may write it a thousand times.
  const any = unnamed(ranges);
  for (const [range, weight] of ranges) {
    const found = range === '*' ? any : LANGUAGES.find(({ tag }) => speaks(range, tag));
    if (found && weight > bestWeight) [best, bestWeight] = [found, weight];
  }
  return best;
}

/** `*` is every language that no other range names. */
function unnamed(ranges: readonly Weighted[]): Language | undefined {
  return LANGUAGES.find(({ tag }) => !ranges.some(([range]) => speaks(range, tag)));
}

function speaks(range: string, tag: string): boolean {
  return range === tag || range.startsWith(`${tag}-`);
}
