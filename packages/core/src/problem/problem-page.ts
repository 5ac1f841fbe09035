import type { Language } from './languages/language.js';
import type { Problem, Refusal } from './problem.js';

/** Where a page leads to. */
export interface ProblemLinks {
  /** The application's start page. Default `/`. */
  readonly start?: string | undefined;
  /** Where people sign in. Shown to nobody but those who are not signed in. */
  readonly signIn?: string | undefined;
}

// No colours but the browser's own, which are legible in light and dark.
const STYLE =
  ':root{color-scheme:light dark;background:Canvas;color:CanvasText}body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem}a{display:inline-block;padding:.25rem 0;margin-right:1.5rem}a:focus-visible{outline:3px solid;outline-offset:3px}';

/** Lays out a page for people. It holds constants of ours and the links, which are the application's and the portal's. */
export function problemPage(
  refusal: Refusal,
  { status, code }: Problem,
  language: Language,
  { start = '/', signIn }: ProblemLinks,
): string {
  const title = language.titles[status];
  const links = [
    ...(signIn !== undefined && status === 401 ? [link(signIn, language.signIn)] : []),
    link(start, language.start),
  ];
  return `<!doctype html>
<html lang="${language.tag}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${status} ${title}</title>
<style>${STYLE}</style>
<main>
<h1>${title}</h1>
<p>${adviceFor(refusal, language)}</p>
<p>${links.join('\n')}</p>
<p><code>${status} ${code}</code></p>
</main>
</html>
`;
}

function adviceFor(refusal: Refusal, language: Language): string {
  switch (refusal?.kind) {
    case 'anonymous':
      return language.anonymous;
    case 'unavailable':
      return refusal.reason === 'undecided' ? language.undecided : language.unavailable;
    case 'denied':
      return refusal.reason === 'user-unknown' ? language.unknown : language.denied;
    default:
      return language.refused;
  }
}

function link(url: string, text: string): string {
  return `<a href="${url.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)}">${text}</a>`;
}
