import { describe, expect, it } from '@jest/globals';
import { isPlainName, isPlainText } from '../src/identity/is-plain-text.js';

/** What cannot be seen (H4), as ranges out of the Unicode tables: the slow model beside the properties in the code. */
const UNSEEN: readonly (readonly [first: number, last: number, what: string])[] = [
  [0x0000, 0x001f, 'Cc'],
  [0x007f, 0x009f, 'Cc'],
  [0x00a0, 0x00a0, 'Zs: no-break space'],
  [0x00ad, 0x00ad, 'soft hyphen'],
  [0x034f, 0x034f, 'combining grapheme joiner'],
  [0x0600, 0x0605, 'Cf: Arabic number signs'],
  [0x061c, 0x061c, 'Arabic letter mark'],
  [0x06dd, 0x06dd, 'Cf: Arabic end of ayah'],
  [0x070f, 0x070f, 'Cf: Syriac abbreviation mark'],
  [0x0890, 0x0891, 'Cf: Arabic pound and piastre marks'],
  [0x08e2, 0x08e2, 'Cf: Arabic disputed end of ayah'],
  [0x115f, 0x1160, 'Hangul fillers'],
  [0x1680, 0x1680, 'Zs: Ogham space'],
  [0x17b4, 0x17b5, 'Khmer inherent vowels'],
  [0x180b, 0x180f, 'Mongolian variation selectors and vowel separator'],
  [0x2000, 0x200a, 'Zs: quads and spaces'],
  [0x200b, 0x200f, 'zero width space, joiners, direction marks'],
  [0x2028, 0x2029, 'Zl, Zp'],
  [0x202a, 0x202e, 'bidi embeddings and overrides'],
  [0x202f, 0x202f, 'Zs: narrow no-break space'],
  [0x205f, 0x205f, 'Zs: mathematical space'],
  [0x2060, 0x206f, 'word joiner, invisible operators, bidi isolates'],
  [0x2800, 0x2800, 'blank Braille pattern'],
  [0x3000, 0x3000, 'Zs: ideographic space'],
  [0x3164, 0x3164, 'Hangul filler'],
  [0xd800, 0xdfff, 'Cs'],
  [0xe000, 0xf8ff, 'Co'],
  [0xfdd0, 0xfdef, 'noncharacters'],
  [0xfe00, 0xfe0f, 'variation selectors'],
  [0xfeff, 0xfeff, 'BOM'],
  [0xffa0, 0xffa0, 'halfwidth Hangul filler'],
  [0xfff0, 0xfff8, 'reserved, ignorable'],
  [0xfff9, 0xfffb, 'Cf: interlinear annotation'],
  [0xfffd, 0xfffd, 'what a lossy decoder leaves'],
  [0x110bd, 0x110bd, 'Cf: Kaithi number sign'],
  [0x110cd, 0x110cd, 'Cf: Kaithi number sign above'],
  [0x13430, 0x1343f, 'Cf: Egyptian hieroglyph joiners'],
  [0x13441, 0x13442, 'Egyptian hieroglyph blanks'],
  [0x1bca0, 0x1bca3, 'shorthand format controls'],
  [0x1d159, 0x1d159, 'musical null notehead'],
  [0x1d173, 0x1d17a, 'musical format controls'],
  [0xe0000, 0xe0fff, 'tags, variation selectors, reserved'],
  [0xf0000, 0xffffd, 'Co'],
  [0x100000, 0x10fffd, 'Co'],
];

/** The last two of each of the 17 planes are noncharacters, too. */
const isUnseen = (code: number): boolean =>
  (code & 0xfffe) === 0xfffe || UNSEEN.some(([first, last]) => code >= first && code <= last);

const hex = (codes: readonly number[]): string[] => codes.map((code) => code.toString(16));

describe('of all 1 114 112 code points', () => {
  it.each([
    ['alone', (text: string) => text],
    ['before a letter', (text: string) => `${text}a`],
    ['behind a letter', (text: string) => `a${text}`],
    ['between letters', (text: string) => `a${text}b`],
    ['behind a letter outside Latin-1', (text: string) => `ł${text}`],
  ])('exactly those that cannot be seen are no plain text, %s', (_where, place) => {
    const wrong: number[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      const text = place(String.fromCodePoint(code));
      // White space at the ends is trimmed before, and is nothing to look for here.
      if (code !== 0x20 && isPlainText(text) === isUnseen(code)) wrong.push(code);
    }
    expect(hex(wrong)).toEqual([]);
  });

  it('a name may have joiners and variation selectors between letters, and nothing else that is unseen', () => {
    const allowed = (code: number): boolean =>
      code === 0x200c ||
      code === 0x200d ||
      (code >= 0x180b && code <= 0x180d) ||
      code === 0x180f ||
      (code >= 0xfe00 && code <= 0xfe0f) ||
      (code >= 0xe0100 && code <= 0xe01ef);
    const wrong: number[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      const text = `ل${String.fromCodePoint(code)}ل`;
      if (code !== 0x20 && isPlainName(text) !== (allowed(code) || !isUnseen(code))) {
        wrong.push(code);
      }
    }
    expect(hex(wrong)).toEqual([]);
  });

  it('none that can be seen becomes one that cannot, or blank, in NFC', () => {
    const wrong: number[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      const folded = String.fromCodePoint(code).normalize('NFC');
      if (code !== 0x20 && !isUnseen(code) && (!isPlainName(folded) || folded.trim() !== folded)) {
        wrong.push(code);
      }
    }
    expect(hex(wrong)).toEqual([]);
  });

  it('none that cannot be seen may begin a name, whatever comes after it', () => {
    const wrong: number[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      const text = `${String.fromCodePoint(code)}ل`;
      if (code !== 0x20 && isPlainName(text) === isUnseen(code)) wrong.push(code);
    }
    expect(hex(wrong)).toEqual([]);
  });
});

describe('a name or group', () => {
  it.each([
    ['علی‌رضا', 'Persian, with ZWNJ between letters'],
    ['کاربران‌عادی', 'Persian'],
    ['ශ්‍රී', 'Sinhala, ZWJ behind a virama'],
    ['র‍্যাচেল', 'Bengali, ZWJ before a virama'],
    ['👩‍💻 developers', 'an emoji of two'],
    ['👩🏽‍💻', 'behind a skin tone'],
    ['👩‍❤️‍👨', 'ZWJ behind a variation selector'],
    ['🏳️‍🌈', 'ZWJ behind a variation selector'],
    ['team ❤️', 'ends in a variation selector'],
    ['1️⃣ floor', 'a keycap'],
    ['葛󠄀城', 'an ideograph in one of its forms'],
    ['🚀 ops', 'nothing unseen at all'],
  ])('may be %j: %s', (text, _why) => {
    expect(isPlainName(text)).toBe(true);
    expect(isPlainText(text)).toBe(!/[\u200c\u200d]|\p{Variation_Selector}/u.test(text));
  });

  it.each([
    ['\u200dadmin', 'joins nothing'],
    ['admin\u200d', 'joins nothing'],
    ['admin\u200c', 'separates nothing'],
    ['ad\u200d\u200dmin', 'twice'],
    ['ad\u200c\u200dmin', 'both'],
    ['dev \u200dops', 'behind a space'],
    ['dev-\u200dops', 'behind a hyphen'],
    ['dev\u200d-ops', 'before a hyphen'],
    ['7\u200d7', 'between digits'],
    ['\ufe0fadmin', 'a selector without a base'],
    ['a\ufe0f\ufe0f', 'twice'],
    ['a\u200d\ufe0fb', 'a selector behind a joiner'],
    ['a\u200db\u200b', 'a joiner, and another one that is none'],
    ['🏴\u{e0067}\u{e0062}\u{e007f}', 'tags'],
    ['a\u3164', 'a filler, which is a letter to Unicode'],
    ['\u3164\u200da', 'a joiner behind it'],
  ])('may not be %j: %s', (text, _why) => {
    expect(isPlainName(text)).toBe(false);
  });
});
