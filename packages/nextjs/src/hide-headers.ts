/** Removes headers, in place. */
export function hideHeaders(headers: Headers, isUnwanted: (name: string) => boolean): void {
  for (const name of [...headers.keys()].filter(isUnwanted)) headers.delete(name);
}

const OVERRIDES = 'x-middleware-override-headers';

/** Removes request headers from what a response of `proxy.ts` hands on: to the page, or to where it rewrites. */
export async function hideDownstream(
  response: Response,
  request: Request,
  isUnwanted: (name: string) => boolean,
): Promise<void> {
  const { headers } = response;
  const overrides = headers.get(OVERRIDES);
  if (overrides === null) {
    const kept = new Headers(request.headers);
    hideHeaders(kept, isUnwanted);
    await handHeadersOn(response, { headers: kept });
    return;
  }
  const names = overrides.split(',');
  headers.set(OVERRIDES, names.filter((name) => !isUnwanted(name)).join(','));
  for (const name of names.filter(isUnwanted)) headers.delete(`x-middleware-request-${name}`);
}

/** Hands request headers on by a response of `proxy.ts`, where the application has not handed on others. */
export async function handHeadersOn(
  response: Response,
  { headers }: Pick<Request, 'headers'>,
): Promise<void> {
  if (!goesOn(response) || response.headers.has(OVERRIDES)) return;
  // Not at the top, as in getDecision.
  const { NextResponse } = await import('next/server.js');
  for (const [name, value] of NextResponse.next({ request: { headers } }).headers) {
    if (name !== 'x-middleware-next') response.headers.set(name, value);
  }
}

function goesOn({ headers }: Response): boolean {
  return headers.has('x-middleware-next') || headers.has('x-middleware-rewrite');
}
