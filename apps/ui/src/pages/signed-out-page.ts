import { html } from 'hono/html';
import type { View } from '../view/view-of.js';
import { button, layout } from './layout.js';
import { hero } from './parts.js';

/** The page after a sign-out. The proxy still names the person: the portal has a sign-out of its own. */
export function signedOutPage(view: View): Promise<string> {
  const { framework, signOutUrl } = view;
  return layout(view, {
    title: 'Signed out',
    path: '/signed-out',
    body: html`
      ${hero(view, 'You are signed out of this app', `The ${framework} app has ended your session, and does not begin another by itself.`)}
      <section class="card" aria-labelledby="next">
        <h2 id="next">And now?</h2>
        <p>At the portal you are signed in until you sign out there.</p>
        ${signOutUrl === undefined ? '' : html`<p><a href="${signOutUrl}">Sign out at the portal</a>, for every app behind it.</p>`}
        ${button('/sign-in', 'Sign in again')}
      </section>`,
  });
}
