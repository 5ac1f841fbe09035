import type { Reply } from '@trusted-header/app-ui/testing';
import { demoError } from '../demo-error.js';
import type { Visitor } from './visitor.js';

/** Signs in as a person does: opens the app, is sent to the portal, picks a user there, and is sent back. */
export async function signIn(visitor: Visitor, appUrl: string, user: string): Promise<Visitor> {
  const { headers } = await visitor.visit(appUrl);
  if (headers.location === undefined) throw demoError(`${appUrl} sent nobody to the portal`);
  const portal = new URL(headers.location);
  await visitor.submit(new URL('/', portal), { pick: user, rd: returnOf(portal) });
  return visitor;
}

/** Signs in at the portal as somebody else, in a browser in which somebody is signed in. */
export function switchTo(
  visitor: Visitor,
  { portalUrl, url, user }: Readonly<Record<'portalUrl' | 'url' | 'user', string>>,
): Promise<Reply> {
  return visitor.submit(new URL('/', portalUrl), { pick: user, rd: url });
}

/** Signs out as a person does: follows the link on the app's page to the portal, and confirms there. */
export async function signOut(visitor: Visitor, appUrl: string): Promise<Reply> {
  const { body } = await visitor.visit(appUrl);
  const link = /href="([^"]+)">Sign out at the portal</.exec(body)?.[1];
  if (link === undefined) throw demoError(`${appUrl} has no link to sign out`);
  const portal = new URL(link.replaceAll('&amp;', '&'));
  return visitor.submit(portal, { rd: returnOf(portal) });
}

function returnOf(portalPage: URL): string {
  return portalPage.searchParams.get('rd') ?? '';
}
