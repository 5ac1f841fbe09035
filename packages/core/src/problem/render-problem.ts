import { prefersHtml } from './prefers-html.js';
import type { Problem, ProblemResponse, Refusal } from './problem.js';
import { problemOf } from './problem-of.js';

/**
 * Renders a refusal for one client: `application/problem+json` (RFC 9457), or a short HTML page where the client
 * prefers HTML. Never cached.
 *
 * @param accept The request's `Accept` header.
 */
export function renderProblem(refusal: Refusal, accept: string | undefined): ProblemResponse {
  const problem = problemOf(refusal);
  const isHtml = prefersHtml(accept);
  return {
    status: problem.status,
    headers: {
      'content-type': isHtml ? 'text/html; charset=utf-8' : 'application/problem+json',
      'cache-control': 'no-store',
      vary: 'Accept',
      'x-content-type-options': 'nosniff',
      // RFC 9110 section 15.5.2 asks for a challenge. Browsers pass over a scheme they do not know.
      ...(problem.status === 401 && { 'www-authenticate': 'Trusted-Header' }),
      ...(problem.status === 503 && { 'retry-after': '1' }),
      ...(isHtml && { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" }),
    },
    body: isHtml ? page(problem, adviceFor(refusal)) : JSON.stringify(problem),
  };
}

function adviceFor(refusal: Refusal): string {
  switch (refusal?.kind) {
    case 'anonymous':
      return 'You are not signed in here. Open this site through its sign-in page.';
    case 'unavailable':
      return 'Your account cannot be looked up at the moment. Try again in a minute.';
    case 'denied':
      if (refusal.reason === 'user-unknown') return UNKNOWN_USER;
      return 'You are signed in, but this page is not open to you.';
    default:
      return 'This request is not believed. If this is your site, its log says why.';
  }
}

const UNKNOWN_USER = 'You are signed in, but have no account here. Ask whoever runs this site.';

/** Everything in it is a constant of ours, so there is nothing to escape. */
function page({ status, title, code }: Problem, advice: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${status} ${title}</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem}code{opacity:.7}</style>
<h1>${title}</h1>
<p>${advice}</p>
<p><code>${status} ${code}</code></p>
</html>
`;
}
