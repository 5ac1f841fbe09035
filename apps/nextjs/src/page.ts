import { roles, type User } from '@trusted-header/app-data';
import { pageHeaders, type View, viewOf } from '@trusted-header/app-ui';
import { getDecision } from '@trusted-header/nextjs';

/** Answers with one of the pages that all example apps share. */
export async function page(
  render: (view: View) => Promise<string>,
  user?: User,
  headers: Readonly<Record<string, string>> = pageHeaders,
): Promise<Response> {
  return new Response(await render(await viewFor(user)), {
    headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
  });
}

/** Gives what a page shows, or a program gets. */
export async function viewFor(user?: User): Promise<View> {
  const decision = await getDecision();
  if (decision.kind === 'undecided') throw new Error('proxy.ts lets no such request through');
  const { PORTAL_URL: portalUrl, APP_URL: appUrl } = process.env;
  const identity = decision.kind === 'authenticated' ? decision.identity : undefined;
  const account = user && identity && { ...user, roles: roles.rolesOf(identity) };
  return viewOf('Next.js', decision, { portalUrl, appUrl }, account);
}

/** Goes on to another page of this app. */
export function goTo(location: string, status: 302 | 303 = 302): Response {
  return new Response(null, { status, headers: { ...pageHeaders, location } });
}
