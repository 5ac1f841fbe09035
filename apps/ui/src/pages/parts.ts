import type { Identity } from '@trusted-header/core';
import { html } from 'hono/html';
import type { Account, View } from '../view/view-of.js';
import type { Html } from './layout.js';

/** The line at the top of a page, with the person's initial where there is a person. */
export function hero(view: View, title: string, subtitle: string): Html {
  return html`<div class="hero">
    ${view.identity ? html`<div class="avatar" aria-hidden="true">${initialOf(view.identity)}</div>` : ''}
    <div><h1>${title}</h1><p>${subtitle}</p></div>
  </div>`;
}

/** What the proxy said about the person, with what it left out. */
export function identityCard({ user, name, groups, email }: Identity): Html {
  return html`<section class="card" aria-labelledby="who">
    <h2 id="who">What the proxy said</h2>
    <dl>
      <dt>User</dt><dd><code>${user}</code></dd>
      <dt>Name</dt><dd>${name ?? absent('not given')}</dd>
      <dt>Email</dt><dd>${email ?? absent('not given')}</dd>
      <dt>Groups</dt><dd>${groupTags(groups)}</dd>
    </dl>
  </section>`;
}

/** What the app's own table says about the person. */
export function accountCard({ id, createdAt, roles }: Account): Html {
  return html`<section class="card" aria-labelledby="account">
    <h2 id="account">Your row in this app</h2>
    <dl>
      <dt>Id</dt><dd><code>${id}</code></dd>
      <dt>Since</dt><dd><time datetime="${createdAt}">${createdAt.slice(0, 16).replace('T', ' ')} UTC</time></dd>
      <dt>Roles</dt><dd>${groupTags(roles)}</dd>
    </dl>
  </section>`;
}

/** How the app came to believe it. */
export function decisionCard({ decision, explanation }: View): Html {
  return html`<section class="card" aria-labelledby="how">
    <h2 id="how">How that was decided</h2>
    <p><span class="verdict ${decision}">${decision}</span> ${explanation.verdict}</p>
    <ol class="reasons">${explanation.reasons.map((reason) => html`<li>${reason}</li>`)}</ol>
  </section>`;
}

/** The groups as tags. Tells apart that the proxy sent none from that it did not say. */
export function groupTags(groups: readonly string[] | undefined): Html {
  if (!groups) return absent('not given');
  if (groups.length === 0) return absent('none');
  return html`<ul class="tags">${groups.map((group) => html`<li>${group}</li>`)}</ul>`;
}

/** What to call somebody. */
export function displayName({ name, user }: Identity): string {
  return name ?? user;
}

function absent(text: string): Html {
  return html`<span class="absent">${text}</span>`;
}

function initialOf(identity: Identity): string {
  const [initial = ''] = displayName(identity);
  return initial.toUpperCase();
}
