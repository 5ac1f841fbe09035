import { prefersHtml } from '@trusted-header/core';

/** What tells a person who goes to a page from a program that fetches something. */
export interface NavigationFacts {
  readonly method: string | undefined;
  /** The header `Sec-Fetch-Mode`. */
  readonly secFetchMode?: string | undefined;
  readonly accept?: string | undefined;
}

/**
 * Tells whether a request is a person's who goes to a page, and may be redirected to the portal (P6). Everything else gets its
 * 401: a program that follows a redirect to a sign-in page takes that page for its answer.
 */
export function prefersNavigation({ method, secFetchMode, accept }: NavigationFacts): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return secFetchMode === undefined ? prefersHtml(accept) : secFetchMode === 'navigate';
}
