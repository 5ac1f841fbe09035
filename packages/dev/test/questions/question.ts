import type { Ask } from '../client.js';

/** A question of a reverse proxy's, and what Authelia 4.39 answers. */
export interface Row {
  readonly why: string;
  readonly ask: Ask;
  /** Whose session cookie is on it. */
  readonly as?: 'zoë' | 'guest' | 'outsider';
  readonly status: number;
  /** `Location` from the portal's own address on: `?rd=…`. Where it is not given, there must be none. */
  readonly to?: string;
  /** `Remote-User`. Where it is not given, there must be no identity header at all. */
  readonly user?: string;
  readonly type?: string;
  readonly allow?: string;
  readonly challenge?: string;
}

/** The rules of access control that the rows are for. */
export const RULES = { bypass: ['/public'], deny: ['/denied'], groups: ['admin'] } as const;

export const FORWARD = '/api/authz/forward-auth';
export const ORIGINAL = '/api/authz/auth-request';
export const ENVOY = '/api/authz/ext-authz';
export const LEGACY = '/api/verify';
export const BASIC = 'Basic realm="Authorization Required"';
export const HOST = 'app.localhost:8443';

export type Headers = Readonly<Record<string, string>>;

export function forwarded(uri = '/x?a=1&b=2', more: Headers = {}): Headers {
  return {
    'x-forwarded-method': 'GET',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': HOST,
    'x-forwarded-uri': uri,
    accept: 'text/html',
    ...more,
  };
}

export function original(path = '/x?a=1&b=2', method = 'GET'): Headers {
  return { 'x-original-method': method, 'x-original-url': `https://${HOST}${path}` };
}

export const basic = (credentials: string): Headers => ({
  authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
});

/** `rd` of a path that needs no encoding beyond the query's own. */
export const rd = (path = '%2Fx%3Fa%3D1%26b%3D2', method = 'GET'): string =>
  `?rd=https%3A%2F%2Fapp.localhost%3A8443${path}&rm=${method}`;

export const q = (path: string, headers: Headers, method = 'GET'): { readonly ask: Ask } => ({
  ask: { path, headers, method },
});
export const html = { type: 'text/html; charset=utf-8' } as const;
export const text = { type: 'text/plain; charset=utf-8' } as const;

export const without = (name: string, headers: Headers = forwarded()): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
