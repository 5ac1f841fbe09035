import type { Decision, Identity } from '@trusted-header/core';
import { signOutUrl } from '@trusted-header/login';
import type { AppLinks } from './app-settings.js';
import { type Explanation, explainDecision } from './explain-decision.js';

/** Whom somebody is in this app. */
export interface Account {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly roles: readonly string[];
}

/** All that a page shows, whatever renders it. */
export interface View {
  /** The framework that this app shows, for people: `Hono`. */
  readonly framework: string;
  /** Undefined where nobody is signed in. */
  readonly identity: Identity | undefined;
  readonly decision: Decision['kind'];
  readonly explanation: Explanation;
  /** Undefined where nobody is signed in to the app: after a sign-out, or on a page that asks no database. */
  readonly account: Account | undefined;
  readonly signInUrl: string;
  /** The portal's. */
  readonly signOutUrl: string | undefined;
}

/** Makes what the pages show from the decision about a request. Takes no header and no address of the client. */
export function viewOf(
  framework: string,
  decision: Decision,
  links: AppLinks,
  account?: Account,
): View {
  return {
    framework,
    identity: decision.kind === 'authenticated' ? decision.identity : undefined,
    decision: decision.kind,
    explanation: explainDecision(decision),
    account,
    signInUrl: links.appUrl || '/',
    signOutUrl: portalSignOut(links),
  };
}

/** Comes back to the public page: every other one would lead straight to the sign-in page again. */
function portalSignOut({ portalUrl, appUrl }: AppLinks): string | undefined {
  if (!portalUrl) return undefined;
  const portal = portalUrl.replace(/\/$/, '');
  // Without a way back, the portal's own page is as good.
  if (!appUrl) return `${portal}/logout`;
  const { origin } = new URL(appUrl);
  return signOutUrl('authelia', { portal, origin, returnTo: '/public' });
}
