import { expect, it } from '@jest/globals';
import { inProcess } from './in-process.js';

const UNCLAIMED =
  'trusted-header: the proxy 127.0.0.1 sent a request without Remote-User; if that person is signed in, make it copy the headers of the authorization response (npx @trusted-header/cli proxy-config)';

/** Answers as \`proxy.ts\` does, where everything is a file of the build, or nothing is; gives the lines of the log. */
function ask(isFile: boolean): Promise<unknown> {
  return inProcess(`
    const { registerTrustedHeader, trustedHeaderProxy } = await load();
    const { NextRequest } = await import('next/server.js');
    const lines = [];
    registerTrustedHeader({ trustedProxies: '127.0.0.1', log: (line) => lines.push(line) });
    registry().isBuildFile = async () => ${isFile};
    const proxy = trustedHeaderProxy();
    const port = await start(async (req, res) => {
      const { status } = await proxy(new NextRequest('http://a/_next/static/a.js', { headers: req.headers }));
      res.end(String(status));
    });
    console.log(JSON.stringify([await ask(port, []), ...lines]));
  `);
}

it('tells the operator of a 401 that the proxy got', async () => {
  expect(await ask(false)).toEqual(['401', UNCLAIMED]);
});

it('tells nothing of files of the build, which are refused to nobody', async () => {
  expect(await ask(true)).toEqual(['200']);
});

it('tells of a denial in the Pages router, where the error is an ordinary one', async () => {
  const said = await inProcess(`
    const { registerTrustedHeader, requireIdentity } = await load();
    const lines = [];
    registerTrustedHeader({ trustedProxies: '127.0.0.1', log: (line) => lines.push(line) });
    const port = await start(async (req, res) => {
      const answer = await requireIdentity({ groups: { anyOf: ['wheel'] } }, req).catch(({ message }) => message);
      res.end(answer);
    });
    const headers = ['Remote-User: kim', 'Remote-Groups: ou=wheel,dc=example'];
    console.log(JSON.stringify([await ask(port, headers), await ask(port, []), ...lines]));
  `);
  expect(said).toEqual([
    'NEXT_HTTP_ERROR_FALLBACK;403',
    'NEXT_HTTP_ERROR_FALLBACK;401',
    'trusted-header: a user from 127.0.0.1 was denied: group-missing; the route asks for one of the groups "wheel"; the user has 2 groups (Remote-Groups); the groups look like a distinguished name that was split at its commas: see format: \'dn-list\' of the profile',
    UNCLAIMED,
  ]);
});

it('lets nobody have what is open, whatever proxy.ts says of the rest', async () => {
  const statuses = await inProcess(`
    const { registerTrustedHeader, trustedHeaderProxy } = await load();
    const { NextRequest } = await import('next/server.js');
    const proxy = trustedHeaderProxy({ anonymous: 'refuse' });
    const port = await start(async (req, res) => {
      const { status } = await proxy(new NextRequest('http://a/', { headers: req.headers }));
      res.end(String(status));
    });
    const statuses = [];
    for (const open of [['/'], ['/other']]) {
      registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false, open });
      statuses.push(await ask(port, []));
    }
    console.log(JSON.stringify(statuses));
  `);
  expect(statuses).toEqual(['200', '401']);
});

it('asks a function of the application’s about nobody, and about nobody else', async () => {
  const seen = await inProcess(`
    const { registerTrustedHeader } = await load();
    const asked = [];
    const anonymous = ({ url }) => { asked.push(url); return 'allow'; };
    registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false, anonymous });
    const port = await start((req, res) => res.end('x'));
    const counts = [];
    for (const lines of [['Remote-User: alice'], []]) {
      await ask(port, lines);
      counts.push(asked.length);
    }
    console.log(JSON.stringify(counts));
  `);
  expect(seen).toEqual([0, 1]);
});
