import { describeReply, describeResult } from '../matrix/describe-result.js';
import { signIn, signOut } from '../portal/sign-in.js';
import type { User } from '../portal/users.js';
import type { Reply } from '../wire/protocol.js';
import { ORIGIN } from '../world/constants.js';
import type { Flow, Site } from './case.js';
import { encode, sendBytes } from './raw.js';
import { asUser, FRONT_IPV6, fetchOne, send } from './requests.js';

/** What ordinary people do. */
export const FLOWS: readonly Flow[] = [
  {
    id: 'sign-in-redirect',
    why: 'Nobody signed in is sent to the portal, and the portal knows where to send them back.',
    expected: `portal, back to ${ORIGIN}/admin?a=1&b=%C3%A4`,
    run: async (site) => {
      const { headers } = await fetchOne(site, asUser(site, undefined, '/admin?a=1&b=%C3%A4'));
      const location = new URL(headers['location'] ?? '');
      return `portal, back to ${location.searchParams.get('rd')}`;
    },
  },
  {
    id: 'sign-in',
    why: 'To the portal, back with a cookie, and in.',
    expected: 'portal, own',
    run: async (site) => {
      const first = await fetchOne(site, asUser(site, undefined, '/'));
      const back = new URL(first.headers['location'] ?? '').searchParams.get('rd') ?? '';
      const { cookie, location } = await signIn(site.agents.proxy, 'john', back);
      const home = asUser(site, undefined, new URL(location ?? '').pathname, {
        headers: [['Cookie', cookie]],
      });
      return `portal, ${describeReply(await fetchOne(site, home), 'john')}`;
    },
  },
  seen('identity', 'User, groups, name and e-mail arrive as the portal has them.', 'john'),
  seen('utf-8', 'A name with umlauts and a group with a space arrive unharmed.', 'ann'),
  seen('empty-headers', 'Of somebody without groups, name and e-mail the name is enough.', 'bare'),
  {
    id: 'query-and-cookies',
    why: 'Other cookies and a query string change nothing.',
    expected: 'own',
    run: async (site) => {
      const headers = [
        ['Cookie', `${site.cookies.ann}; theme=dark; id=${'x'.repeat(3_000)}`],
      ] as const;
      const request = asUser(site, undefined, '/whoami?next=%2Fa%26b', { headers });
      return describeReply(await fetchOne(site, request), 'ann');
    },
  },
  page(
    'public-anonymous',
    'A public page opens without a sign-in.',
    undefined,
    '/public',
    'anonymous',
  ),
  page('public-signed-in', 'A public page knows who is there.', 'ann', '/public', 'own'),
  page('admin', 'A page for one group opens to it.', 'john', '/admin', '200 Admins only'),
  {
    id: 'admin-denied',
    why: 'And to nobody else: by a role of the application.',
    apps: ['hono', 'koa', 'nestjs', 'nextjs'],
    expected: '403 role-missing',
    run: (site) => sendBytes(site, [encode(site, { as: 'ann', path: '/admin' })], 'ann'),
  },
  {
    id: 'admin-denied-by-policy',
    why: 'And to nobody else: by a policy about groups.',
    apps: ['echo'],
    expected: '403 group-missing',
    run: (site) => sendBytes(site, [encode(site, { as: 'ann', path: '/admin' })], 'ann'),
  },
  {
    id: 'head',
    why: 'HEAD is answered like GET, without a body.',
    expected: '200, 0 bytes',
    run: async (site) => {
      const { status, body } = await fetchOne(site, asUser(site, 'john', '/', { method: 'HEAD' }));
      return `${status}, ${body.length} bytes`;
    },
  },
  {
    id: 'http-1.0',
    why: 'Old clients and health checks speak it.',
    expected: 'own',
    run: (site) => sendBytes(site, [encode(site, { as: 'john', version: '1.0' })], 'john'),
  },
  {
    id: 'http-2',
    why: 'Browsers speak it: four requests on one connection, of three people and nobody.',
    expected: 'own, own, portal, own',
    run: (site) => inTurn(site, '2'),
  },
  {
    id: 'keep-alive-in-turn',
    why: 'A connection that several people use, as behind a CDN, keeps them apart.',
    expected: 'own, own, portal, own',
    run: (site) => inTurn(site, '1.1'),
  },
  {
    id: 'many-at-once',
    why: 'Sixty requests of three people over twelve connections are each answered to the right one.',
    expected: '60 own',
    run: async (site) => {
      const users = Array.from({ length: 60 }, (_, i): User => turn[i % 3] ?? 'bare');
      const requests = users.map((user) => asUser(site, user, '/whoami'));
      const replies = await repliesOf(send(site, requests, '1.1', 12));
      const own = replies.filter((reply, i) => describeReply(reply, users[i]) === 'own');
      return `${own.length} own`;
    },
  },
  {
    id: 'ipv6-client',
    why: 'The proxy is reached by IPv6 too.',
    expected: 'own',
    run: async (site) => {
      const requests = [asUser(site, 'ann', '/whoami')];
      const order = { kind: 'requests', to: FRONT_IPV6, version: '1.1', requests } as const;
      return describeResult(await site.agents.client.send(order), 'ann');
    },
  },
  {
    id: 'sign-out',
    why: 'The portal takes the cookie back, and without it nobody is signed in.',
    expected: 'expired, portal',
    run: async (site) => {
      const session = await signIn(site.agents.proxy, 'john', `${ORIGIN}/`);
      const { cookie, isExpired } = await signOut(site.agents.proxy, session.cookie);
      const after = asUser(site, undefined, '/', { headers: [['Cookie', cookie]] });
      return `${isExpired ? 'expired' : 'kept'}, ${describeReply(await fetchOne(site, after), undefined)}`;
    },
  },
];

const turn: readonly User[] = ['john', 'ann', 'bare'];

/** The whole identity of one user. */
function seen(id: string, why: string, user: User): Flow {
  return page(id, why, user, '/whoami', 'own');
}

function page(
  id: string,
  why: string,
  user: User | undefined,
  path: string,
  expected: string,
): Flow {
  return {
    id,
    why,
    expected,
    run: async (site) => describeReply(await fetchOne(site, asUser(site, user, path)), user),
  };
}

async function inTurn(site: Site, version: '1.1' | '2'): Promise<string> {
  const users = ['john', 'ann', undefined, 'bare'] as const;
  const requests = users.map((user) => asUser(site, user, '/whoami'));
  const replies = await repliesOf(send(site, requests, version));
  return replies.map((reply, i) => describeReply(reply, users[i])).join(', ');
}

async function repliesOf(sent: ReturnType<typeof send>): Promise<readonly Reply[]> {
  const result = await sent;
  if (result.kind === 'replies') return result.replies;
  throw new Error(JSON.stringify(result));
}
