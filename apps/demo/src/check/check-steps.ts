import type { Outgoing, Reply } from '@trusted-header/app-ui/testing';
import { STRANGER } from '../can-be-stranger.js';
import type { Visitor } from './visitor.js';

/** One thing that is done to an app, and what must come of it. */
export interface CheckStep {
  readonly title: string;
  readonly expected: string;
  /** Needs an address to send from that is not the gateway's. */
  readonly needsStranger?: true;
  run(at: CheckSite): Promise<Reply>;
}

/** Where the steps happen. */
export interface CheckSite {
  /** The app's gateway. */
  readonly url: string;
  /** The app itself. */
  readonly directUrl: string;
  /** Signed in as the user of that name; `nobody` never signs in. */
  readonly visitors: Readonly<Record<'zoe' | 'jiri' | 'guest' | 'nobody', Visitor>>;
  /** Somebody new, signed in at the portal and here as the user of that name. */
  signIn(user: string): Promise<Visitor>;
  /** Signs somebody else in at the portal, in the same browser. */
  switchTo(visitor: Visitor, user: string): Promise<Reply>;
  /** At the portal. */
  signOut(visitor: Visitor): Promise<Reply>;
}

const HTML = ['Accept', 'text/html'] as const;
const CLAIM = [
  ['Remote-User', 'zoe'],
  ['Remote-Groups', 'admin'],
] as const;
const TWICE = [...CLAIM, ['Remote-User', 'root']] as const;
const ALIAS = [...CLAIM, ['Remote_User', 'root'], ['Remote.User', 'root']] as const;
const JIRI = '200 jiri · Jiří Dvořák · jiri@example.com · [dev, Domain Users] · member';

/** What every app must do, in this order: signing out at the portal comes last. */
export const checkSteps: readonly CheckStep[] = [
  {
    title: 'home, not signed in',
    expected: '302 to the portal',
    run: ({ url, visitors }) => visitors.nobody.visit(`${url}/`),
  },
  {
    title: 'public page, not signed in',
    expected: '200 Public page, anonymous',
    run: ({ url, visitors }) => visitors.nobody.visit(`${url}/public`),
  },
  {
    title: 'home as zoe',
    expected: '200 You are Zoë Müller, authenticated',
    run: ({ url, visitors }) => visitors.zoe.visit(`${url}/`),
  },
  {
    title: 'whoami as zoe',
    expected: '200 zoe · Zoë Müller · zoe@example.com · [admin, dev] · admin, member',
    run: ({ url, visitors }) => visitors.zoe.visit(`${url}/whoami`),
  },
  {
    title: 'whoami as jiri',
    expected: JIRI,
    run: ({ url, visitors }) => visitors.jiri.visit(`${url}/whoami`),
  },
  {
    title: 'whoami as guest, with empty headers',
    expected: '200 guest · – · – · [] · member',
    run: ({ url, visitors }) => visitors.guest.visit(`${url}/whoami`),
  },
  {
    title: 'public page as zoe',
    expected: '200 Public page, authenticated',
    run: ({ url, visitors }) => visitors.zoe.visit(`${url}/public`),
  },
  {
    title: 'admin page as zoe',
    expected: '200 Admins only',
    run: ({ url, visitors }) => visitors.zoe.visit(`${url}/admin`),
  },
  {
    title: 'admin page as jiri',
    expected: '403 role-missing',
    run: ({ url, visitors }) => visitors.jiri.visit(`${url}/admin`, { lines: [] }),
  },
  {
    title: 'forged through the gateway, not signed in',
    expected: '302 to the portal',
    run: ({ url, visitors }) => visitors.nobody.visit(`${url}/whoami`, { lines: [HTML, ...CLAIM] }),
  },
  {
    title: 'forged on the public page, not signed in',
    expected: '200 Public page, anonymous',
    run: ({ url, visitors }) => visitors.nobody.visit(`${url}/public`, { lines: CLAIM }),
  },
  {
    title: 'forged through the gateway, as jiri',
    expected: JIRI,
    run: ({ url, visitors }) => visitors.jiri.visit(`${url}/whoami`, { lines: CLAIM }),
  },
  {
    title: 'forged twice through the gateway, as jiri',
    expected: JIRI,
    run: ({ url, visitors }) => visitors.jiri.visit(`${url}/whoami`, { lines: TWICE }),
  },
  {
    title: 'forged by alias through the gateway, as jiri',
    expected: JIRI,
    run: ({ url, visitors }) => visitors.jiri.visit(`${url}/whoami`, { lines: ALIAS }),
  },
  fromStranger('forged past the gateway', '/whoami', '403 peer-untrusted', { lines: CLAIM }),
  fromStranger('forged with X-Forwarded-For', '/whoami', '403 peer-untrusted', {
    lines: [...CLAIM, ['X-Forwarded-For', '127.0.0.1'], ['X-Real-IP', '127.0.0.1']],
  }),
  fromStranger('forged on the public page', '/public', '403 peer-untrusted', { lines: CLAIM }),
  fromStranger('nothing claimed, past the gateway', '/whoami', '401 authentication-required', {}),
  {
    title: 'user named twice, from the gateway’s address',
    expected: '403 header-repeated',
    run: ({ directUrl, visitors }) =>
      visitors.nobody.visit(`${directUrl}/whoami`, { lines: TWICE }),
  },
  {
    title: 'user named by alias, from the gateway’s address',
    expected: '403 header-ambiguous',
    run: ({ directUrl, visitors }) =>
      visitors.nobody.visit(`${directUrl}/whoami`, { lines: ALIAS }),
  },
  {
    title: 'zoe in two browsers',
    expected: '200 one row in the app’s table',
    run: async ({ url, visitors, signIn }) => {
      const other = await signIn('zoe');
      const replies = [
        await visitors.zoe.visit(`${url}/whoami`),
        await other.visit(`${url}/whoami`),
      ];
      const ids = replies.map(({ body }) => JSON.parse(body).account.id);
      return said(`${new Set(ids).size === 1 ? 'one row' : 'two rows'} in the app’s table`);
    },
  },
  {
    title: 'jiri at the browser that was zoe’s',
    expected: JIRI,
    run: async ({ url, signIn, switchTo }) => {
      const shared = await signIn('zoe');
      await shared.visit(`${url}/whoami`);
      await switchTo(shared, 'jiri');
      return shared.visit(`${url}/whoami`);
    },
  },
  {
    title: 'sign-out that another site’s page asks for',
    expected: '403 cross-origin',
    run: ({ url, visitors }) =>
      visitors.zoe.visit(`${url}/sign-out`, {
        method: 'POST',
        lines: [['Origin', 'https://evil.example']],
      }),
  },
  {
    title: 'sign-out of zoe, of this app',
    expected: '200 You are signed out of this app',
    run: ({ url, visitors }) => visitors.zoe.submit(`${url}/sign-out`, {}),
  },
  {
    title: 'home after that',
    expected: '302 to /signed-out',
    run: ({ url, visitors }) => visitors.zoe.visit(`${url}/`),
  },
  {
    title: 'whoami after that',
    expected: '401 authentication-required',
    run: ({ url, visitors }) => visitors.zoe.visit(`${url}/whoami`, { lines: [] }),
  },
  {
    title: '“Sign in again”, as zoe',
    expected: '200 You are Zoë Müller, authenticated',
    run: ({ url, visitors }) => visitors.zoe.submit(`${url}/sign-in`, {}),
  },
  {
    title: 'sign-out of zoe, at the portal',
    expected: '200 Public page, anonymous',
    run: ({ signOut, visitors }) => signOut(visitors.zoe),
  },
  {
    title: 'home after all of that',
    expected: '302 to the portal',
    run: ({ url, visitors }) => visitors.zoe.visit(`${url}/`),
  },
];

/** What a step has found out itself. */
function said(body: string): Reply {
  return { status: 200, headers: { 'content-type': 'text/plain' }, body };
}

function fromStranger(
  title: string,
  path: string,
  expected: string,
  outgoing: Outgoing,
): CheckStep {
  return {
    title: `${title}, from ${STRANGER}`,
    expected,
    needsStranger: true,
    run: ({ directUrl, visitors }) =>
      visitors.nobody.visit(`${directUrl}${path}`, { lines: [], ...outgoing, from: STRANGER }),
  };
}
