import { ConfigError, type ConfigIssue, configIssue } from '@trusted-header/core';
import type { SignInHold } from '@trusted-header/login';
import { getIronSession, type IronSession, type SessionOptions } from 'iron-session';
import type { CookieAttributes, NextCookies } from './next-cookies.js';
import type { NextSessionLibrary } from './session-library.js';

/** What iron-session takes, and we with it. */
export interface IronSessionOptions {
  /** Of 32 characters or more, or several, by their number, to change it: see iron-session. */
  readonly password: string | Readonly<Record<string, string>>;
  /** `<cookieName>-hold` keeps the hold of a sign-out. */
  readonly cookieName: string;
  /** In seconds. Default: iron-session's, 14 days. */
  readonly ttl?: number;
  /** Default: `HttpOnly`, `Secure`, `SameSite=Lax`, `Path=/`. */
  readonly cookieOptions?: CookieAttributes;
}

interface Bound {
  trustedHeader?: unknown;
}

interface Held {
  hold?: SignInHold;
}

/**
 * Makes how `signIn` uses iron-session: everything is in one sealed cookie, also the application's data.
 *
 * Nothing is kept on the server, so that an old cookie can be read until its `ttl` is over, whatever is destroyed. What protects is
 * that each request compares it with whom the proxy names: `getSession()` gives no data of anybody else.
 *
 * @typeParam Data What the application keeps in the session, typed for `getSession()`.
 * @throws {ConfigError} `option-invalid`: no cookie name, a password that iron-session would refuse. Not during `next build`, which
 *   needs no secrets.
 *
 * @example
 * ```ts
 * // lib/login.ts
 * import { signIn } from '@trusted-header/nextjs';
 * import { ironSession } from '@trusted-header/nextjs/iron-session';
 *
 * export const { getUser, getSession } = signIn({
 *   find: ({ user }) => ({ name: user }),
 *   session: ironSession<{ cart: string[] }>({
 *     password: process.env.SESSION_SECRET ?? '',
 *     cookieName: 'session',
 *   }),
 * });
 * ```
 */
export function ironSession<Data extends object = Record<never, never>>(
  options: IronSessionOptions,
): Required<NextSessionLibrary<Data>> {
  if (process.env.NEXT_PHASE !== 'phase-production-build') check(options);
  const given = { ...options, password: plain(options.password) };
  const forHold = { ...given, cookieName: `${options.cookieName}-hold` };
  const open = (cookies: NextCookies) => openSession<Bound>(cookies, given);
  return {
    read: async (cookies) => (await open(cookies)).trustedHeader,
    async start(cookies, binding) {
      const session = await open(cookies);
      for (const name of Object.keys(session)) Reflect.deleteProperty(session, name);
      session.trustedHeader = binding;
      await session.save();
    },
    end: async (cookies) => (await open(cookies)).destroy(),
    readHold: async (cookies) => (await openSession<Held>(cookies, forHold)).hold,
    async hold(cookies, hold) {
      const held = await openSession<Held>(cookies, forHold);
      if (!hold) return held.destroy();
      held.hold = hold;
      await held.save();
    },
    open: (cookies) => openSession<Partial<Data>>(cookies, given),
  };
}

/** Opens a session. What no iron-session has sealed is no session; iron-session throws for some of it. */
async function openSession<Data extends object>(
  cookies: NextCookies,
  options: SessionOptions,
): Promise<IronSession<Data>> {
  const store = { get: (name: string) => cookies.get(name), set: setter(cookies) };
  const session = await getIronSession<Data>(store, options).catch(() => undefined);
  // A list keeps no names. If it is the options that are wrong, it throws again.
  return session === undefined || Array.isArray(session)
    ? getIronSession<Data>({ ...store, get: () => undefined }, options)
    : session;
}

/** iron-session's type has a second way to set a cookie, which it does not use. */
function setter(cookies: NextCookies) {
  function set(name: string, value: string, options?: object): void;
  function set(cookie: { readonly name: string; readonly value: string }): void;
  function set(
    first: string | { readonly name: string; readonly value: string },
    value = '',
    options: object = {},
  ): void {
    if (typeof first === 'string') cookies.set(first, value, options);
    else cookies.set(first.name, first.value, {});
  }
  return set;
}

function plain(password: IronSessionOptions['password']): SessionOptions['password'] {
  return typeof password === 'string' ? password : { ...password };
}

const SHORTEST = 32;

function check({ password, cookieName }: IronSessionOptions): void {
  const issues: ConfigIssue[] = [];
  if (typeof cookieName !== 'string' || !/^[\w.-]+$/.test(cookieName)) {
    const instead = "write for example 'session'";
    issues.push(configIssue('cookieName', cookieName, 'is not the name of a cookie', instead));
  }
  const passwords: readonly unknown[] =
    typeof password === 'string' ? [password] : Object.values(password ?? {});
  const isLong = (it: unknown) => typeof it === 'string' && it.length >= SHORTEST;
  if (passwords.length === 0 || !passwords.every(isLong)) {
    // Not shown: it may be one that is in use elsewhere.
    const problem = `is not a password of ${SHORTEST} characters or more`;
    const instead = 'make one with openssl rand -base64 32';
    issues.push({ option: 'password', value: '…', problem, instead });
  }
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
}
