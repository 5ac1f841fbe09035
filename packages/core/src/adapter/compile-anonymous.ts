import { quietly } from '../authenticator/observer.js';
import type { AdmissionOptions, AnonymousMode, AnonymousRule } from './adapter-options.js';
import { compileOpen } from './compile-open.js';
import type { RequestShape } from './same-origin.js';

/** Tells whether nobody may pass. Without a request of the framework's, a function cannot be asked, and refuses. */
export type AnonymousTest<Request> = (
  shape: RequestShape,
  request: Request | undefined,
) => AnonymousMode;

/**
 * Compiles `anonymous` and `open` into what they make of one request. Total: what is not `allow`, refuses.
 *
 * @throws {ConfigError} `option-invalid`
 */
export function compileAnonymous<Request>({
  anonymous = 'refuse',
  open,
}: Pick<AdmissionOptions<Request>, 'anonymous' | 'open'>): AnonymousTest<Request> {
  const isOpen = compileOpen(open);
  return (shape, request) => (isOpen(shape.target) ? 'allow' : ask(anonymous, request));
}

function ask<Request>(rule: AnonymousRule<Request>, request: Request | undefined): AnonymousMode {
  if (typeof rule !== 'function') return rule === 'allow' ? 'allow' : 'refuse';
  if (request === undefined) return 'refuse';
  let mode: AnonymousMode = 'refuse';
  quietly(() => {
    const told: unknown = rule(request);
    if (told === 'allow') mode = 'allow';
    // A promise is no mode; one that rejects must not end the process.
    return told;
  });
  return mode;
}
