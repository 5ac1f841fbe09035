import type { RequestWithHeaders } from './find-decision.js';
import type { NextCookies } from './next-cookies.js';

/** A request of the Pages router, or of `proxy.ts`. */
export interface RequestWithCookies extends RequestWithHeaders {
  readonly cookies:
    | Pick<NextCookies, 'get'>
    | Readonly<Partial<Record<string, string>>>
    | Readonly<Record<string, string>>;
}

/** Gives the cookies of a request, to be read only. */
export function cookiesOf({ cookies }: RequestWithCookies): NextCookies {
  return {
    get(name) {
      if (typeof cookies.get === 'function') return cookies.get(name);
      const value = Object.hasOwn(cookies, name) ? Reflect.get(cookies, name) : undefined;
      return typeof value === 'string' ? { name, value } : undefined;
    },
    set() {
      throw new Error(
        'the cookies of a request can only be read: see followSession() for proxy.ts',
      );
    },
  };
}
