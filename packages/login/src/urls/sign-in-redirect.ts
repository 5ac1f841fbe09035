import {
  type Anonymous,
  ConfigError,
  configIssue,
  type Decision,
  linesOf,
  type Refusal,
  type RequestShape,
  type ResolvedAdapterOptions,
  setupOf,
} from '@trusted-header/core';
import { checkOrigin, isOrigin } from './check-url.js';
import { prefersNavigation } from './prefers-navigation.js';
import { signInUrl } from './sign-urls.js';

/** Tells where somebody signs in whose request is refused; undefined: nowhere. */
export type SignInRedirect = (
  refusal: Pick<Refusal, 'kind'>,
  decision: Decision | undefined,
  shape: RequestShape,
) => SignInWay | undefined;

/** Where to sign in. `redirect` sends people there at once; `link` is for the page of their 401, `nobody`. */
export type SignInWay =
  | { readonly kind: 'redirect'; readonly url: string }
  | { readonly kind: 'link'; readonly url: string; readonly nobody: Anonymous };

/**
 * Makes what sends people to the portal's sign-in page, and lets programs have their 401 (P6), whose page has a link to there.
 *
 * Sends only whom the proxy does not name: who has signed out of the application is signed in at the portal, which would send them
 * back at once. Comes back to the path that was asked for; see {@link safeReturnTo}.
 *
 * @returns undefined, where the options say nothing of `signIn`.
 * @throws {ConfigError} `option-invalid`
 */
export function signInRedirect({
  authenticator,
  signIn: page,
}: Pick<ResolvedAdapterOptions, 'authenticator' | 'signIn'>): SignInRedirect | undefined {
  if (page === undefined) return undefined;
  checkPage(page);
  const { portal, origin } = page;
  const product = { id: page.profile ?? setupOf(authenticator)?.profileId ?? 'authelia' };
  // At start, not with the first visitor.
  const example = signInUrl(product, { portal, origin: origin ?? 'https://app.example.com' });
  if (example === undefined) throw noPage(product.id);

  return ({ kind }, decision, shape) => {
    if (kind !== 'anonymous' || decision?.kind !== 'anonymous') return undefined;
    const own = origin ?? (decision.trusted ? forwardedOrigin(shape) : undefined);
    if (own === undefined) return undefined;
    const { method, target } = shape;
    // A form that was posted is not there to go back to.
    const returnTo = method === 'GET' || method === 'HEAD' ? target : '/';
    const url = signInUrl(product, { portal, origin: own, returnTo });
    if (url === undefined) return undefined;
    return isNavigation(shape)
      ? { kind: 'redirect', url }
      : { kind: 'link', url, nobody: decision };
  };
}

/**
 * Gives how an adapter answers refusals: by the application's `onRefusal`, at the portal, or, undefined, with the problem.
 *
 * @param toPortal Makes an `onRefusal` that redirects, and answers nothing where there is no address.
 */
export function refusalHandler<Request, OnRefusal>(
  resolved: ResolvedAdapterOptions<Request, OnRefusal>,
  toPortal: (redirect: SignInRedirect) => OnRefusal,
): OnRefusal | undefined {
  const redirect = signInRedirect(resolved);
  return redirect ? toPortal(redirect) : resolved.onRefusal;
}

function checkPage(page: unknown): void {
  if (typeof page !== 'object' || page === null) {
    const instead = "write { portal: 'https://auth.example.com' }";
    throw new ConfigError('option-invalid', [
      configIssue('signIn', page, 'is no page to sign in at', instead),
    ]);
  }
  const given = new Map<string, unknown>(Object.entries(page));
  const stray = [...given.keys()].find((name) => !['portal', 'origin', 'profile'].includes(name));
  if (stray !== undefined) {
    throw new ConfigError('option-invalid', [
      configIssue(`signIn.${stray}`, stray, 'is not a setting', 'write portal, origin or profile'),
    ]);
  }
  if (given.get('origin') !== undefined) checkOrigin('origin', given.get('origin'));
}

function noPage(product: string): ConfigError {
  const instead = 'leave signIn out, or name another product as signIn.profile';
  return new ConfigError('option-invalid', [
    configIssue('signIn.profile', product, 'has no sign-in page that is known', instead),
  ]);
}

function isNavigation({ method, rawHeaders }: RequestShape): boolean {
  const [secFetchMode] = linesOf(rawHeaders, 'sec-fetch-mode');
  const accept = linesOf(rawHeaders, 'accept').join(', ');
  return prefersNavigation({ method, secFetchMode, accept });
}

function forwardedOrigin({ rawHeaders }: RequestShape): string | undefined {
  const schemes = linesOf(rawHeaders, 'x-forwarded-proto');
  const hosts = linesOf(rawHeaders, 'x-forwarded-host');
  if (schemes.length !== 1 || hosts.length !== 1) return undefined;
  const origin = `${schemes[0]}://${hosts[0]}`.toLowerCase();
  return isOrigin(origin) ? origin : undefined;
}
