import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 22%, transparent); --accent: light-dark(#1d4ed8, #93c5fd) }
* { box-sizing: border-box }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 34rem; padding: 6vh 1.25rem 3rem; background: light-dark(#f6f7f9, #14171c) }
main { background: light-dark(#fff, #1c2027); border: 1px solid var(--line); border-radius: .75rem; padding: 1.5rem }
h1 { font-size: 1.4rem; margin: 0 0 .25rem } h2 { font-size: 1rem; margin: 1.75rem 0 .5rem }
p { margin: .25rem 0 1rem } code { font-size: .9em }
.note { background: light-dark(#fef3c7, #43330a); border-left: .3rem solid #d97706; border-radius: .4rem; padding: .6rem .9rem; margin: 0 0 1rem }
.error { background: light-dark(#fee2e2, #4a1616); border-left: .3rem solid #dc2626; border-radius: .4rem; padding: .6rem .9rem }
.users { display: grid; gap: .5rem; margin: 0; padding: 0; list-style: none }
button { font: inherit; cursor: pointer; border: 1px solid var(--line); border-radius: .5rem; padding: .55rem .9rem; background: transparent; color: inherit }
button:hover { border-color: var(--accent) }
:is(a, button, input, summary):focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.users button { width: 100%; text-align: left; display: flex; justify-content: space-between; gap: 1rem; align-items: baseline }
.users small { opacity: .75; text-align: right; overflow-wrap: anywhere }
.primary { background: light-dark(#1d4ed8, #93c5fd); color: light-dark(#fff, #10151d); border-color: transparent }
label { display: block; margin: .6rem 0 } label span { display: block; font-size: .9rem; opacity: .8 }
input { font: inherit; width: 100%; padding: .5rem .65rem; border: 1px solid var(--line); border-radius: .4rem; background: transparent; color: inherit }
summary { cursor: pointer; margin-top: 1.5rem }
`;

/** Lays out one page of the stand-in, with the warning that it is one. Loads nothing. */
export function page(title: string, content: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · trusted-header dev</title>
        <style>${raw(STYLE)}</style>
      </head>
      <body>
        <header>
          <p class="note" role="note">
            <strong>Development stand-in.</strong> Anybody who can open this page can be anyone.
          </p>
        </header>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`;
}

/** For every page: the styles are inline, forms go nowhere else than where browsers let redirects follow. */
export const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;
