import type { Decision, Identity } from '@trusted-header/core';
import type { AppLinks } from './app-settings.js';
import { type Explanation, explainDecision } from './explain-decision.js';

/** All that a page shows, whatever renders it. */
export interface View {
  /** The framework that this app shows, for people: `Hono`. */
  readonly framework: string;
  /** Undefined where nobody is signed in. */
  readonly identity: Identity | undefined;
  readonly decision: Decision['kind'];
  readonly explanation: Explanation;
  readonly signInUrl: string;
  readonly signOutUrl: string | undefined;
}

/** Makes what the pages show from the decision about a request. Takes no header and no address of the client. */
export function viewOf(framework: string, decision: Decision, links: AppLinks): View {
  return {
    framework,
    identity: decision.kind === 'authenticated' ? decision.identity : undefined,
    decision: decision.kind,
    explanation: explainDecision(decision),
    signInUrl: links.appUrl ?? '/',
    signOutUrl: signOutUrl(links),
  };
}

/** Comes back to the public page: every other one would lead straight to the sign-in page again. */
function signOutUrl({ portalUrl, appUrl }: AppLinks): string | undefined {
  if (portalUrl === undefined) return undefined;
  const url = new URL('/logout', portalUrl);
  if (appUrl !== undefined) url.searchParams.set('rd', new URL('/public', appUrl).href);
  return url.href;
}
