import type { AnswerCode, Entries } from './explanation.js';
import { COPY } from './lines.js';

/** What is answered where there is no user, or nobody can say. */
export const ANSWERS: Entries<AnswerCode> = {
  'authentication-required': {
    status: 401,
    log: ['sent a request without'],
    means:
      'The request names nobody. Nothing is wrong with it; the page is for people who are signed in.',
    causes: [
      {
        when: 'The proxy asks the authorization server, and does not copy its headers into the request. This is the commonest mistake; a line in the log says so once a minute.',
        mend: 'Copy them.',
        lines: COPY,
      },
      {
        when: 'The proxy does not ask for this path or host: a bypass rule, or a route without the middleware.',
        mend: "Protect it at the proxy, or let nobody through there: open: ['/public/*'].",
      },
      {
        when: 'The proxy sends another product’s headers than the profile says. The log then names the profile that it looks like.',
        mend: 'Set that profile.',
        lines: [
          {
            where: 'JavaScript',
            text: ["trustedHeader({ trustedProxies, profile: 'authentik' })"],
          },
        ],
      },
      {
        when: 'The request came past the proxy, straight to the application’s port.',
        mend: 'Open the site by the proxy’s address.',
      },
      {
        when: 'It is a health check, a CORS preflight, a manifest or an icon, which nobody signs in for.',
        mend: 'Open these paths.',
        lines: [
          {
            where: 'JavaScript',
            text: ["trustedHeader({ trustedProxies, open: ['/healthz', '/site.webmanifest'] })"],
          },
        ],
      },
      {
        when: 'The session at the portal is over, and a script asks.',
        mend: 'Reload the page. signIn: { portal } sends people to the portal, and leaves programs their 401.',
      },
      {
        when: 'The person has signed out of the application, and the sign-out holds.',
        mend: 'Sign in by the application’s own sign-in link.',
      },
    ],
  },
  'user-unavailable': {
    status: 503,
    means:
      'The proxy names a user, and the application cannot look its account up at the moment. Nobody was signed out.',
    causes: [
      {
        when: 'The database is down, or slower than the time-out. The log has an error lookup-failed or lookup-timeout, and its cause.',
        mend: 'Bring it back. Failures are not remembered: the next request asks again.',
      },
      {
        when: '`find` or `create` gave something that is no user (lookup-invalid).',
        mend: 'Give an object, or null where there is none.',
      },
    ],
  },
  undecided: {
    status: 503,
    means:
      'Next.js: nothing of ours has seen this request arrive, so nobody knows who is asking. It is never taken for anybody’s.',
    causes: [
      {
        when: 'registerTrustedHeader() was not called in this process.',
        mend: 'Call it in instrumentation.ts.',
        lines: [
          {
            where: 'instrumentation.ts',
            text: [
              'export async function register() {',
              "  if (process.env.NEXT_RUNTIME !== 'nodejs') return;",
              "  const { registerTrustedHeader } = await import('@trusted-header/nextjs');",
              '  registerTrustedHeader({ trustedProxies: process.env.TRUSTED_PROXIES });',
              '}',
            ],
          },
        ],
      },
      {
        when: 'The request came in the first moments, before register() had run.',
        mend: 'The client tries again after a second. To close that window, load the preload.',
        lines: [
          {
            where: 'shell',
            text: ["NODE_OPTIONS='--import @trusted-header/nextjs/preload' next start"],
          },
        ],
      },
      {
        when: 'The code runs on the Edge runtime, which knows no connections, on Bun, or on a platform that starts no server of Node’s.',
        mend: "Take out export const runtime = 'edge'; in middleware.ts of Next 15 write export const config = { runtime: 'nodejs' }.",
      },
      {
        when: 'Something has replaced the request’s headers on the way to the reader.',
        mend: 'Pass on the headers that came in; a custom server must hand Next the request as it is.',
      },
    ],
  },
};
