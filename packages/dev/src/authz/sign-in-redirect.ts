import { encodeQuery } from './target.js';

/** Where to sign in, and how the visitor is told. */
export interface SignInRedirect {
  readonly status: 302 | 303 | 401;
  readonly location: string;
  /** A link, for the visitor who does not follow; none for HEAD. */
  readonly body: string | undefined;
}

/** What of a request tells how to send its visitor to the portal. */
export interface UnauthenticatedRequest {
  readonly method: string;
  readonly accept: string | undefined;
  /** `X-Requested-With` */
  readonly requestedWith: string | undefined;
  /** What the visitor wanted to see. */
  readonly target: string;
  readonly portal: URL;
}

/**
 * Tells an unauthenticated visitor where to sign in, as Authelia's forward-auth does: 302 for GET, HEAD and OPTIONS, 303
 * for other methods, and 401 with the same `Location` for scripts and clients that do not ask for HTML.
 *
 * Source: `handleAuthzUnauthorizedForwardAuth` and `getRedirectionURL` in Authelia's source.
 */
export function signInRedirect(request: UnauthenticatedRequest): SignInRedirect {
  return redirectWith(statusFor(request), request);
}

/** The same with a status of the endpoint's: auth-request always says 401, since nginx understands nothing else. */
export function redirectWith(
  status: 302 | 303 | 401,
  { method, portal, target }: UnauthenticatedRequest,
): SignInRedirect {
  const { origin, pathname } = portal;
  const location = `${origin}${pathname}?rd=${encodeQuery(target)}&rm=${method}`;
  return { status, location, body: method === 'HEAD' ? undefined : link(location, status) };
}

/** The one word of these that has no letter case is `XMLHttpRequest`. */
function statusFor({ method, accept, requestedWith }: UnauthenticatedRequest): 302 | 303 | 401 {
  const isScript = requestedWith?.toLowerCase() === 'xmlhttprequest';
  if (isScript || !acceptsHtml(accept)) return 401;
  return ['GET', 'HEAD', 'OPTIONS'].includes(method) ? 302 : 303;
}

/** A wildcard counts only where it comes first. `TEXT/HTML` is nothing that Authelia knows. */
function acceptsHtml(accept = ''): boolean {
  const types = accept.split(',').map((range) => range.split(';')[0]?.replaceAll(/^ +| +$/g, ''));
  return types.includes('text/html') || types[0] === '*/*';
}

const PHRASES = { 302: 'Found', 303: 'See Other', 401: 'Unauthorized' } as const;

function link(location: string, status: 302 | 303 | 401): string {
  return `<a href="${location.replaceAll('&', '&amp;')}">${status} ${PHRASES[status]}</a>`;
}
