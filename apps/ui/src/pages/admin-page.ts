import { html } from 'hono/html';
import type { View } from '../view/view-of.js';
import { layout } from './layout.js';
import { groupTags, hero } from './parts.js';

/** The page for one group only. The route decides who sees it: this only says so. */
export function adminPage(view: View): Promise<string> {
  return layout(view, {
    title: 'Admins only',
    path: '/admin',
    body: html`
      ${hero(view, 'Admins only', 'You see this page because your groups give you the role admin.')}
      <section class="card" aria-labelledby="rule">
        <h2 id="rule">The rule on this route</h2>
        <p><code>requireRole('admin')</code></p>
        <dl><dt>Your groups</dt><dd>${groupTags(view.identity?.groups)}</dd></dl>
      </section>`,
  });
}
