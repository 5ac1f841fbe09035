import { outsideCode } from './readme.js';

/** Angle brackets outside of code are text here, and elements to Vue. */
export function tame(text: string): string {
  return outsideCode(text, (part) =>
    part
      .split(/(`[^`\n]*`)/)
      .map((piece, i) =>
        i % 2 === 0
          ? piece
              .replace(/<(?!https?:|\/?(?:br|sub|sup)\b)/g, '&lt;')
              .replaceAll('{{', '&#123;&#123;')
          : piece,
      )
      .join(''),
  );
}
