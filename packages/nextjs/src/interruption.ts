/**
 * What `unauthorized()` and `forbidden()` of `next/navigation` throw. They themselves refuse to work without an
 * experimental setting, though Next understands their error without it.
 */
export function interruption(status: number): Error {
  const digest = `NEXT_HTTP_ERROR_FALLBACK;${status}`;
  return Object.assign(new Error(digest), { digest });
}
