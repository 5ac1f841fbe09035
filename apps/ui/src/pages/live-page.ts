import { html, raw } from 'hono/html';
import type { View } from '../view/view-of.js';
import { layout } from './layout.js';
import { liveScript } from './live-script.js';
import { hero } from './parts.js';

/** The page of who is there. It goes with `livePageHeaders`, which let its script run. */
export function livePage(view: View, by: 'socket' | 'polling'): Promise<string> {
  return layout(view, {
    title: 'Who is there',
    path: '/live',
    body: html`
      ${hero(view, 'Who is there', 'Who has this page open or has just opened another, at any instance of this app.')}
      <section class="card" aria-labelledby="now">
        <h2 id="now">Now</h2>
        <ul id="there" class="there" data-by="${by}" data-user="${view.identity?.user ?? ''}"></ul>
        <p id="state" role="status">Connecting …</p>
      </section>
      <script>${raw(liveScript)}</script>`,
  });
}
