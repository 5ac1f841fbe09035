import { Agent } from 'node:http';
import type { HeaderProfile, Identity } from '@trusted-header/core';
import { CookieJar } from 'tough-cookie';
import { type HeaderLine, identityLines } from './identity-lines.js';
import { type LoginResponse, sendRequest } from './send-request.js';

/** What to send besides the path. */
export interface LoginRequest {
  /** Default `GET`, and `POST` where there is a body. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The fields of a form. */
  readonly form?: Readonly<Record<string, string>>;
  /** Anything that JSON can hold. */
  readonly json?: unknown;
}

/** Somebody's browser, or program: it keeps cookies, and the tokens that it was told to send. */
export interface LoginClient {
  /** Sends one request to the application. Follows no redirect, and goes to no other host. */
  send(path: string, request?: LoginRequest): Promise<LoginResponse>;
  /** Sends a header with each request from now on: `setHeader('Authorization', 'Bearer …')`. Undefined removes it. */
  setHeader(name: string, value: string | undefined): void;
}

/** What a browser holds: cookies and tokens, by whatever way its requests go. */
export interface Browser {
  /** Its requests as the proxy passes them on: naming this identity, or nobody. */
  through(identity: Identity | undefined): LoginClient;
  /** Its requests past the proxy, from another address, with whatever claim it makes. */
  past(claim?: Identity): LoginClient;
  /** A thief's: all cookies and tokens, as they are now. */
  copy(): Promise<Browser>;
  /** Tells whether two moments have the same cookies. */
  cookies(): Promise<string>;
  close(): void;
}

/** Where the application is, and how its proxy talks to it. */
export interface BrowserSetup {
  readonly origin: URL;
  readonly profile: HeaderProfile;
  /** Sent with each request of the proxy's. */
  readonly proxyHeaders: Readonly<Record<string, string>>;
  readonly proxyAddress: string | undefined;
  readonly strangerAddress: string | undefined;
}

/** Makes a browser with nothing in it. */
export function createBrowser(setup: BrowserSetup): Browser {
  return browserWith(setup, new CookieJar(), new Map());
}

function browserWith(
  setup: BrowserSetup,
  jar: CookieJar,
  tokens: Map<string, HeaderLine>,
): Browser {
  const { origin, profile, proxyHeaders, proxyAddress, strangerAddress } = setup;
  // A proxy keeps its connections, and sends one user's request after another's.
  const agent = new Agent({ keepAlive: true });
  // Behind most proxies it is https, and a cookie may be for that alone.
  const address = new URL(`https://${origin.host}`);

  return {
    through: (identity) =>
      clientOf(
        [...Object.entries(proxyHeaders), ...identityLines(identity, profile)],
        proxyAddress,
      ),
    past: (claim) => clientOf(identityLines(claim, profile), strangerAddress),
    copy: async () => browserWith(setup, await jar.clone(), new Map(tokens)),
    async cookies() {
      const held = await jar.getCookies(address.href, { allPaths: true });
      return held
        .map((cookie) => cookie.cookieString())
        .sort()
        .join('; ');
    },
    close: () => agent.destroy(),
  };

  function clientOf(lines: readonly HeaderLine[], localAddress: string | undefined): LoginClient {
    return {
      async send(path, request = {}) {
        const url = new URL(path, origin);
        if (url.origin !== origin.origin) throw new TypeError(`${path} is at another host`);
        const { method, type, body } = wireOf(request);
        const place = new URL(url.pathname + url.search, address).href;
        const cookies = await jar.getCookieString(place);
        const own: readonly HeaderLine[] = [
          ['Host', origin.host],
          ...(type === undefined ? [] : [['Content-Type', type] as const]),
          ...(cookies === '' ? [] : [['Cookie', cookies] as const]),
          // Without it, a POST of nothing would come in chunks.
          ...(method === 'GET' ? [] : [['Content-Length', `${Buffer.byteLength(body)}`] as const]),
          ...tokens.values(),
          ...Object.entries(request.headers ?? {}),
        ];
        const response = await sendRequest({
          url,
          method,
          lines: [...own, ...lines],
          body,
          agent,
          localAddress,
        });
        for (const cookie of response.headers['set-cookie'] ?? []) {
          await jar.setCookie(cookie, place, { ignoreError: true });
        }
        return response;
      },
      setHeader(name, value) {
        if (value === undefined) tokens.delete(name.toLowerCase());
        else tokens.set(name.toLowerCase(), [name, value]);
      },
    };
  }
}

function wireOf({ method, form, json }: LoginRequest): {
  readonly method: string;
  readonly type?: string;
  readonly body: string;
} {
  if (form) {
    const body = new URLSearchParams(form).toString();
    return { method: method ?? 'POST', type: 'application/x-www-form-urlencoded', body };
  }
  if (json === undefined) return { method: method ?? 'GET', body: '' };
  return { method: method ?? 'POST', type: 'application/json', body: JSON.stringify(json) };
}
