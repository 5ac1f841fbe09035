import { describeResult } from '../matrix/describe-result.js';
import type { User } from '../portal/users.js';
import { DOMAIN } from '../world/constants.js';
import type { Attack, Harmless, Site } from './case.js';
import { rawAttack } from './raw.js';
import { asUser, CLAIM, FORGED, FRONT, type Line, send } from './requests.js';

const ALIASES: readonly Line[] = [
  ['Remote_User', 'mallory'],
  ['Remote.User', 'mallory'],
  ['REMOTE_GROUPS', 'admin'],
  ['Remote-_User', 'mallory'],
];
const aliased = ALIASES.map(([name, value]) => `${name}: ${value}`);

/** A client names a user itself. */
export const FORGED_ATTACKS: readonly Attack[] = [
  rawAttack('forged-signed-out', 'The plain attack: headers, and no sign-in.', 'refused', {
    lines: FORGED,
  }),
  rawAttack('forged-signed-in', 'Somebody with an account claims to be somebody else.', 'own', {
    as: 'ann',
    lines: FORGED,
  }),
  rawAttack(
    'forged-public',
    'A path that asks nobody must not let a claim through either.',
    'anonymous',
    {
      path: '/public',
      lines: FORGED,
    },
  ),
  rawAttack('forged-public-signed-in', 'The same, with an account.', 'own', {
    as: 'ann',
    path: '/public',
    lines: FORGED,
  }),
  rawAttack(
    'forged-open-prefix',
    'A path that the proxy lets pass without asking deletes claims too.',
    ['anonymous', 'refused'],
    { path: '/static/whoami', lines: FORGED },
  ),
  rawAttack('forged-admin', 'Groups are as bad as a name.', 'refused', {
    as: 'ann',
    path: '/admin',
    lines: ['Remote-Groups: admin'],
  }),
  rawAttack('forged-repeated', 'First, last or joined: none of them wins.', 'own', {
    as: 'ann',
    lines: [...FORGED, ...FORGED, 'Remote-User: mallory2'],
  }),
  rawAttack('forged-letter-case', 'Header names have no case.', 'own', {
    as: 'ann',
    lines: ['rEMOTE-uSER: mallory', 'REMOTE-GROUPS: admin'],
  }),
  rawAttack(
    'forged-where-empty',
    'An empty header of the portal does not bring the client’s back.',
    'own',
    {
      as: 'bare',
      lines: FORGED.filter((line) => !line.startsWith('Remote-User')),
    },
  ),
  rawAttack('forged-empty', 'An empty claim does not displace the true one.', 'own', {
    as: 'ann',
    lines: ['Remote-User:', 'Remote-Groups: '],
  }),
  rawAttack('forged-http-1.0', 'HTTP/1.0 is no way around.', 'refused', {
    version: '1.0',
    lines: FORGED,
  }),
  rawAttack('aliased', 'Underscores and dots, which other software takes for dashes.', 'own', {
    as: 'ann',
    lines: aliased,
  }),
  rawAttack('aliased-signed-out', 'The same without an account.', 'refused', { lines: aliased }),
  rawAttack('aliased-public', 'The same on a public path.', 'anonymous', {
    path: '/public',
    lines: aliased,
  }),
  rawAttack('cgi-names', 'Names that a gateway between would make headers of.', 'own', {
    as: 'ann',
    lines: ['HTTP_REMOTE_USER: mallory', 'X-Remote-User: mallory', 'Remote-User-: mallory'],
  }),
  rawAttack('cookie-tampered', 'A cookie that is signed by nobody.', 'refused', (site) => ({
    lines: [`Cookie: ${site.cookies.ann.replace(/=.{8}/, '=AAAAAAAA')}`, ...FORGED],
  })),
  http2('http-2-forged', 'HTTP/2 has the same headers in another form.', 'ann', CLAIM, 'own'),
  http2('http-2-aliased', 'And the same other spellings.', 'ann', ALIASES, 'own'),
  http2('http-2-signed-out', 'And no other way in.', undefined, [...CLAIM, ...ALIASES], 'refused'),
  http2(
    'http-2-length',
    'A length that is not the body’s: what is left over must not become a request (H2.CL).',
    'ann',
    [...CLAIM, ['Content-Length', '3']],
    ['refused', 'own'],
    'GET /whoami HTTP/1.1\r\nHost: x\r\nRemote-User: mallory\r\n\r\n',
  ),
  {
    id: 'websocket-forged',
    why: 'An upgrade is a request like any other.',
    apps: ['echo'],
    allowed: ['own'],
    run: (site) => webSocket(site, 'ann'),
  },
  {
    id: 'websocket-signed-out',
    why: 'Without an account there is no WebSocket.',
    apps: ['echo'],
    allowed: ['refused'],
    run: (site) => webSocket(site, undefined),
  },
];

function http2(
  id: string,
  why: string,
  user: User | undefined,
  headers: readonly Line[],
  allowed: Harmless | readonly Harmless[],
  body?: string,
): Attack {
  return {
    id,
    why,
    allowed: [allowed].flat(),
    run: async (site) => {
      const more = body === undefined ? {} : { method: 'POST', body };
      const request = asUser(site, user, '/whoami', { headers, ...more });
      return describeResult(await send(site, [request], '2'), user);
    },
  };
}

async function webSocket(site: Site, user: User | undefined): Promise<string> {
  const cookie: readonly Line[] = user ? [['Cookie', site.cookies[user]]] : [];
  const result = await site.agents.client.send({
    kind: 'websocket',
    to: FRONT,
    path: '/ws',
    headers: [['Host', DOMAIN], ...cookie, ...CLAIM],
    messages: [],
    answers: 1,
  });
  return describeResult(result, user);
}
