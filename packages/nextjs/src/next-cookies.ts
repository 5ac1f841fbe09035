/** What is used of Next's cookies: those of `next/headers`, and those that `proxy.ts` has. */
export interface NextCookies {
  get(name: string): { readonly name: string; readonly value: string } | undefined;
  set(name: string, value: string, options: CookieAttributes): unknown;
}

/** What a cookie is set with, besides its value. */
export interface CookieAttributes {
  readonly domain?: string;
  readonly path?: string;
  /** In seconds; 0 removes the cookie. */
  readonly maxAge?: number;
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
  readonly sameSite?: 'lax' | 'strict' | 'none' | boolean;
}

/** Cookies that outlast the place where they were read first, since Next's can be written in some places only. */
export interface PlacedCookies extends NextCookies {
  /** Whatever is set from here on is set on these, and throws where it cannot be. */
  writeTo(cookies: NextCookies): void;
}

/**
 * Makes cookies that are set where Next can set them: in route handlers, server actions and `proxy.ts`. In a server component they
 * are not, and nothing hangs on it: what is read is compared with the decision, by each request.
 */
export function placeCookies(first: NextCookies): PlacedCookies {
  let place = first;
  let mustWrite = false;
  return {
    get: (name) => place.get(name),
    set(name, value, options) {
      try {
        place.set(name, value, options);
      } catch (error) {
        if (mustWrite) throw error;
      }
    },
    writeTo(cookies) {
      place = cookies;
      mustWrite = true;
    },
  };
}
