import { html } from 'hono/html';
import type { View } from '../view/view-of.js';
import { layout } from './layout.js';
import { decisionCard, displayName, hero } from './parts.js';

/** The page that opens for everybody, and still knows who is there. */
export function publicPage(view: View): Promise<string> {
  const { identity } = view;
  const greeting = identity
    ? `Hello ${displayName(identity)}. You are signed in, and need not be.`
    : 'Hello. You are not signed in, and need not be.';
  return layout(view, {
    title: 'Public page',
    path: '/public',
    body: html`${hero(view, 'Public page', greeting)} ${decisionCard(view)}`,
  });
}
