import { preferredLanguage } from './preferred-language.js';
import { prefersHtml } from './prefers-html.js';
import type { ProblemResponse, Refusal } from './problem.js';
import { problemOf } from './problem-of.js';
import { type ProblemLinks, problemPage } from './problem-page.js';

/** Who gets the problem, and where its page leads to. Both headers are to be given: `undefined` where there is none. */
export interface ProblemOptions extends ProblemLinks {
  /** The request's `Accept` header. */
  readonly accept: string | undefined;
  /** The request's `Accept-Language` header. */
  readonly acceptLanguage: string | undefined;
}

/**
 * Renders a refusal for one client: `application/problem+json` (RFC 9457), or, where the client prefers HTML, a short page in
 * the language that it asks for (en, de, fr, es, zh). Never cached. Shows nothing of the request.
 */
export function renderProblem(
  refusal: Refusal,
  { accept, acceptLanguage, ...links }: ProblemOptions,
): ProblemResponse {
  const problem = problemOf(refusal);
  const language = prefersHtml(accept) ? preferredLanguage(acceptLanguage) : undefined;
  return {
    status: problem.status,
    headers: {
      'content-type': language ? 'text/html; charset=utf-8' : 'application/problem+json',
      'cache-control': 'no-store',
      vary: 'Accept, Accept-Language',
      'x-content-type-options': 'nosniff',
      // RFC 9110 section 15.5.2 asks for a challenge. Browsers pass over a scheme they do not know.
      ...(problem.status === 401 && { 'www-authenticate': 'Trusted-Header' }),
      ...(problem.status === 503 && { 'retry-after': '1' }),
      ...(language && {
        'content-language': language.tag,
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      }),
    },
    body: language ? problemPage(refusal, problem, language, links) : JSON.stringify(problem),
  };
}
