import type { AnyAuthenticator } from '../authenticator/authenticator.js';
import { setupOf } from '../authenticator/known-authenticators.js';
import { quietly } from '../authenticator/quietly.js';
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
 * An application that says nothing about `anonymous` refuses nobody while header login is off (D6): it has no login of ours.
 *
 * @param options With the authenticator that can be off.
 * @throws {ConfigError} `option-invalid`
 */
export function compileAnonymous<Request>({
  anonymous,
  open,
  authenticator,
}: Pick<AdmissionOptions<Request>, 'anonymous' | 'open'> & {
  readonly authenticator?: AnyAuthenticator;
}): AnonymousTest<Request> {
  const isOpen = compileOpen(open);
  const setup = authenticator && setupOf(authenticator);
  return (shape, request) => {
    if (isOpen(shape.target)) return 'allow';
    if (anonymous !== undefined) return ask(anonymous, request);
    return setup?.isOff() ? 'allow' : 'refuse';
  };
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
