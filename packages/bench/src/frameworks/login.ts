import { defineLogin } from '@trusted-header/login';

export const OPTIONS = { trustedProxies: '127.0.0.1', log: false } as const;
export const LOGIN = defineLogin({ find: ({ user }) => ({ name: user }), ttlSeconds: 60 });
export const SECRET = 'a secret of this benchmark and of nobody else';
export const COOKIE = { secure: false } as const;

/** What a login of the application's own does once. */
export function remember(session: unknown): void {
  if (typeof session !== 'object' || session === null) throw new Error('there is no session');
  if (!Reflect.has(session, 'user')) Reflect.set(session, 'user', 'user7');
}
