import type { GenericEndpointContext, HookEndpointContext } from '@better-auth/core';
import { expireCookie } from 'better-auth/cookies';
import { findLive, tokenOf } from './live-session.js';

/** Tells whether better-auth keeps copies of sessions in cookies. */
export function isCacheOn({ context }: HookEndpointContext): boolean {
  return context.options.session?.cookieCache?.enabled === true;
}

/**
 * Takes better-auth's copy of a session of ours (`session_data`) out of a response: better-auth would believe it for minutes after
 * the session was revoked, and alice's cookies would be alice while the proxy names bob. Sessions of other logins keep theirs.
 */
export async function removeCachedSession(ctx: GenericEndpointContext): Promise<void> {
  const { sessionData, sessionToken } = ctx.context.authCookies;
  const headers = responseHeadersOf(ctx);
  const set = headers?.getSetCookie() ?? [];
  const copies = set.filter((line) => isCopy(line, sessionData.name));
  if (copies.length === 0) return;
  const signed = set.map(pairOf).find(({ name }) => name === sessionToken.name)?.value;
  const token = signed ? unsigned(signed) : await tokenOf(ctx);
  if (token !== undefined && !(await isOursOrUnknown(ctx, token))) return;
  headers?.delete('set-cookie');
  for (const line of set) if (!copies.includes(line)) headers?.append('set-cookie', line);
  // One that the browser has is of another login, which this session has replaced.
  if (ctx.getCookie(sessionData.name)) expireCookie(ctx, sessionData);
}

/** A long copy is cut into `session_data.0`, `session_data.1` … */
function isCopy(line: string, cookie: string): boolean {
  const { name, value } = pairOf(line);
  return value !== '' && (name === cookie || name.startsWith(`${cookie}.`));
}

async function isOursOrUnknown(ctx: GenericEndpointContext, token: string): Promise<boolean> {
  try {
    const live = await findLive(ctx, token);
    return live === undefined || live.bound !== undefined;
  } catch {
    return true;
  }
}

/** What the response sets so far, which better-auth keeps beside what its types tell. */
function responseHeadersOf({ context }: GenericEndpointContext): Headers | undefined {
  const headers: unknown = Reflect.get(context, 'responseHeaders');
  return headers instanceof Headers ? headers : undefined;
}

function pairOf(line: string): { readonly name: string; readonly value: string } {
  const [pair = ''] = line.split(';', 1);
  const at = pair.indexOf('=');
  return { name: pair.slice(0, at), value: pair.slice(at + 1) };
}

/** The signature is better-auth's own, of this very response. */
function unsigned(value: string): string {
  const text = decodeURIComponent(value);
  return text.slice(0, text.lastIndexOf('.'));
}
