import { html, raw } from 'hono/html';
import { stylesheet } from '../style/stylesheet.js';
import type { View } from '../view/view-of.js';

/** Markup in which everything that came from outside is escaped already. */
export type Html = ReturnType<typeof html>;

/** One page, without what is around it on every page. */
export interface PageContent {
  readonly title: string;
  readonly path: string;
  readonly body: Html;
}

const NAVIGATION = [
  { path: '/', label: 'Home' },
  { path: '/admin', label: 'Admins only' },
  { path: '/live', label: 'Who is there' },
  { path: '/public', label: 'Public' },
] as const;

/** Puts the header, the navigation and the footer around a page. */
export async function layout(view: View, { title, path, body }: PageContent): Promise<string> {
  const page = await html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} · ${view.framework} example</title>
    <link rel="icon" href="${icon}">
    <style>${raw(stylesheet)}</style>
  </head>
  <body>
    <a class="skip" href="#main">Skip to content</a>
    <header class="bar">
      <div>
        <div class="brand">${view.framework} <span>example</span></div>
        <nav aria-label="Pages"><ul>${NAVIGATION.map((link) => navigationItem(link, path))}</ul></nav>
        ${session(view)}
      </div>
    </header>
    <main id="main">${body}</main>
    <footer>The user comes from the proxy’s headers, decided by <code>@trusted-header</code>.</footer>
  </body>
</html>
`;
  return String(page);
}

function navigationItem({ path, label }: { path: string; label: string }, current: string): Html {
  const mark = path === current ? raw(' aria-current="page"') : '';
  return html`<li><a href="${path}"${mark}>${label}</a></li>`;
}

/** Nothing for who has signed out of the app alone: its page says how to go on. */
function session({ identity, account, signInUrl }: View): Html | '' {
  if (account) return button('/sign-out', 'Sign out');
  return identity ? '' : html`<a class="out" href="${signInUrl}">Sign in</a>`;
}

/** A button that posts: what changes something is no link. */
export function button(action: string, label: string): Html {
  return html`<form class="out" method="post" action="${action}"><button>${label}</button></form>`;
}

const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#0a8a72" d="M8 1l6 2v5c0 4-3 6-6 7-3-1-6-3-6-7V3z"/><path fill="none" stroke="#fff" stroke-width="1.6" d="M5 8l2 2 4-4"/></svg>',
)}`;
