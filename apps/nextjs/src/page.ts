import { pageHeaders, type View, viewOf } from '@trusted-header/app-ui';
import { getDecision } from '@trusted-header/nextjs';

/** Answers with one of the pages that all example apps share. */
export async function page(render: (view: View) => Promise<string>): Promise<Response> {
  const decision = await getDecision();
  if (decision.kind === 'undecided') throw new Error('proxy.ts lets no such request through');
  const { PORTAL_URL: portalUrl, APP_URL: appUrl } = process.env;
  return new Response(await render(viewOf('Next.js', decision, { portalUrl, appUrl })), {
    headers: { ...pageHeaders, 'content-type': 'text/html; charset=utf-8' },
  });
}
