/**
 * The header that leads from a request to the decision about it: an unguessable id, which means nothing outside this
 * process and nothing once the response is over. What a client sends under this name is removed on arrival.
 */
export const INTERNAL_HEADER = 'x-trusted-header-id';

/** Tells whether a header is the internal one, or an alias of it. */
export function isInternalHeader(name: string): boolean {
  return (
    name.length === INTERNAL_HEADER.length &&
    name.toLowerCase().replace(/[_.]/g, '-') === INTERNAL_HEADER
  );
}
