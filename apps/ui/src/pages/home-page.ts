import { html } from 'hono/html';
import type { View } from '../view/view-of.js';
import { type Html, layout } from './layout.js';
import { accountCard, decisionCard, displayName, hero, identityCard } from './parts.js';

/** The page that tells people who they are, and how the app knows. */
export function homePage(view: View): Promise<string> {
  const { identity } = view;
  const title = identity ? `You are ${displayName(identity)}` : 'Nobody is signed in';
  return layout(view, {
    title,
    path: '/',
    body: html`
      ${hero(view, title, `That is what this ${view.framework} app knows about you.`)}
      ${identity ? identityCard(identity) : ''}
      ${view.account ? accountCard(view.account) : ''}
      ${decisionCard(view)}
      ${nextSteps(view)}`,
  });
}

function nextSteps({ signOutUrl }: View): Html {
  const steps = [
    {
      href: '/admin',
      label: 'Admins only',
      about: 'For the role admin; everybody else gets 403.',
    },
    { href: '/live', label: 'Who is there', about: 'As it changes, until you sign out.' },
    { href: '/public', label: 'Public page', about: 'Opens whether you are signed in or not.' },
    { href: '/whoami', label: 'JSON', about: 'The same answer for programs.' },
    ...(signOutUrl === undefined
      ? []
      : [{ href: signOutUrl, label: 'Sign out at the portal', about: 'For every app behind it.' }]),
  ];
  return html`<section class="card" aria-labelledby="next">
    <h2 id="next">Try it</h2>
    <ul class="links">${steps.map(
      ({ href, label, about }) =>
        html`<li><a href="${href}">${label}</a> <span>${about}</span></li>`,
    )}</ul>
  </section>`;
}
