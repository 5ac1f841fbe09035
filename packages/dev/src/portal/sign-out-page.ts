import { html } from 'hono/html';
import type { DevUser } from '../options.js';
import { type Html, page } from './page.js';

/** The page whose button signs out: opening it changes nothing, so that no link or image can sign anybody out. */
export function signOutPage(current: DevUser | undefined, returnTo: string): Html {
  if (!current) {
    return page('Signed out', html`<p>Nobody is signed in. <a href="/">Sign in</a></p>`);
  }
  return page(
    'Sign out',
    html`<p>You are <strong>${current.user}</strong>.</p>
      <form method="post" action="/logout">
        <input type="hidden" name="rd" value="${returnTo}" />
        <button class="primary">Sign out</button>
      </form>`,
  );
}
