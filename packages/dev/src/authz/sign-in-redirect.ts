import { trimOws } from '@trusted-header/core';

/** Where to sign in, and how the visitor is told. */
export interface SignInRedirect {
  readonly status: 302 | 303 | 401;
  readonly location: string;
  readonly body: string;
}

/** What of a request tells how to send its visitor to the portal. */
export interface UnauthenticatedRequest {
  readonly method: string;
  readonly accept: string | undefined;
  /** `X-Requested-With` */
  readonly requestedWith: string | undefined;
  /** What the visitor wanted to see. */
  readonly target: string;
  readonly portal: string;
}

/**
 * Tells an unauthenticated visitor where to sign in, as Authelia's forward-auth does: 302 for GET, HEAD and OPTIONS, 303
 * for other methods, and 401 with the same `Location` for scripts and clients that do not ask for HTML.
 *
 * Source: `getAuthzRedirectStatusCode` in Authelia's source.
 */
export function signInRedirect(request: UnauthenticatedRequest): SignInRedirect {
  const { method, portal, target } = request;
  const query = new URLSearchParams({ rd: target, rm: method });
  const location = `${portal.replace(/\/$/, '')}/?${query}`;
  const status = statusFor(request);
  return { status, location, body: method === 'HEAD' ? '' : link(location, status) };
}

function statusFor({ method, accept, requestedWith }: UnauthenticatedRequest): 302 | 303 | 401 {
  if (requestedWith === 'XMLHttpRequest' || !acceptsHtml(accept)) return 401;
  return ['GET', 'HEAD', 'OPTIONS'].includes(method) ? 302 : 303;
}

/** A wildcard counts only where it comes first. */
function acceptsHtml(accept = ''): boolean {
  const types = accept.split(',').map((range) => trimOws(range.split(';')[0] ?? '').toLowerCase());
  return types.includes('text/html') || types[0] === '*/*';
}

const PHRASES = { 302: 'Found', 303: 'See Other', 401: 'Unauthorized' } as const;

function link(location: string, status: 302 | 303 | 401): string {
  return `<a href="${location.replaceAll('&', '&amp;')}">${status} ${PHRASES[status]}</a>`;
}
