import { createTrustedHeader } from './create-trusted-header.js';
import { nodeBridge } from './node-bridge.js';

export type { Decision, Identity, Policy } from '@trusted-header/core';
export type { OnRefusal } from './answer-refusal.js';
export type { TrustedHeaderOptions } from './create-trusted-header.js';
export type { FactsReader } from './facts.js';
export { honoSession } from './hono-session.js';
export { honoSessions } from './hono-sessions.js';
export { requireIdentity } from './require-identity.js';
export { requireRole } from './require-role.js';
export { requireUser } from './require-user.js';
export type { SignInOptions } from './sign-in.js';
export { signIn } from './sign-in.js';
export { signInAgain, signOut } from './sign-out.js';
export type { TrustedHeaderVariables } from './variables.js';

/**
 * Tells who is asking, once, from the TCP connection and the raw header lines; denies by default (D1).
 *
 * Put it first: it strips the identity headers, so that what runs behind it reads the decision and never the header.
 * Handlers read `c.var.identity` and `c.var.decision`. On Node with `@hono/node-server` there is nothing to configure
 * but the proxies; other runtimes pass `facts`.
 *
 * @param options Core's options, `anonymous: 'allow'` to let requests without any claim through, or a ready
 *   authenticator.
 * @throws {ConfigError} At construction, naming every bad entry.
 *
 * @example
 * ```ts
 * import { serve } from '@hono/node-server';
 * import { trustedHeader } from '@trusted-header/hono';
 * import { Hono } from 'hono';
 *
 * const app = new Hono();
 * app.use(trustedHeader({ trustedProxies: process.env.TRUSTED_PROXIES }));
 * app.get('/', (c) => c.text(`Hello ${c.var.identity?.user}`));
 * serve(app);
 * ```
 */
export const trustedHeader = createTrustedHeader(nodeBridge);
