import { describe, expect, it } from '@jest/globals';
import { inProcess } from './in-process.js';

/** Answers as `proxy.ts` does; for what it lets through, with what is known of the request. */
const SERVE = `
  const { registerTrustedHeader, requireIdentity, trustedHeaderProxy } = await load();
  const { anyUser, createAuthenticator } = await import('@trusted-header/core');
  const { NextRequest } = await import('next/server.js');
  const proxy = trustedHeaderProxy();
  const answer = async (req) => {
    const incoming = new NextRequest('http://a/', { headers: req.headers });
    const { status, headers } = await proxy(incoming);
    if (!headers.has('x-middleware-next')) return String(status);
    // What Next hands on: the headers that the proxy has left.
    const seen = incoming.headers.get('remote-user');
    const guard = await requireIdentity(anyUser, req).then(() => 'admitted', (error) => error.message);
    return [await known(req), seen, guard].join(' | ');
  };
`;

describe('header login that is off (D6)', () => {
  it('lets everybody pass as nobody, and says so once', async () => {
    const said = await inProcess(`${SERVE}
      const lines = [];
      registerTrustedHeader({ trustedProxies: process.env.NOT_SET, optional: true, log: (line) => lines.push(line) });
      const port = await start(async (req, res) => res.end(await answer(req)));
      const answers = [];
      for (const headers of [[], ['Remote-User: alice'], ['Remote-User: a', 'Remote-User: b']]) {
        answers.push(await ask(port, headers));
      }
      console.log(JSON.stringify([...answers, ...lines]));
    `);
    const nobody = 'anonymous   |  | NEXT_HTTP_ERROR_FALLBACK;401';
    expect(said).toEqual([nobody, nobody, nobody, expect.stringContaining('header login is off')]);
  });

  it('answers 401 where `anonymous: refuse` is written', async () => {
    const said = await inProcess(`${SERVE}
      registerTrustedHeader({ trustedProxies: '', optional: true, anonymous: 'refuse', log: false });
      const port = await start(async (req, res) => res.end(await answer(req)));
      console.log(JSON.stringify(await ask(port, [])));
    `);
    expect(said).toBe('401');
  });

  it('is not undecided: what came before register() is let through, and stripped', async () => {
    const said = await inProcess(`${SERVE}
      let isReady = false;
      const port = await start(async (req, res) => {
        if (!isReady) registerTrustedHeader({ trustedProxies: [], optional: true, log: false });
        const incoming = new NextRequest('http://a/', { headers: req.headers });
        const response = await proxy(incoming);
        res.end([await known(req), response.status, incoming.headers.get('remote-user')].join(' | '));
      });
      console.log(JSON.stringify(await ask(port, ['Remote-User: alice'])));
    `);
    expect(said).toBe('undecided not-seen alice | 200 | ');
  });

  it('is switched on and off by the authenticator', async () => {
    const said = await inProcess(`${SERVE}
      const authenticator = createAuthenticator({ trustedProxies: '', optional: true, log: false });
      registerTrustedHeader(authenticator);
      const port = await start(async (req, res) => {
        const { status } = await proxy(new NextRequest('http://a/', { headers: req.headers }));
        res.end(status + ' ' + (await known(req)));
      });
      const answers = [];
      for (const list of ['127.0.0.1', [], '127.0.0.1']) {
        authenticator.setTrustedProxies(list);
        answers.push(await ask(port, ['Remote-User: alice']), await ask(port, []));
      }
      console.log(JSON.stringify(answers));
    `);
    expect(said).toEqual([
      '200 authenticated alice ',
      '401 anonymous  ',
      '200 anonymous  ',
      '200 anonymous  ',
      '200 authenticated alice ',
      '401 anonymous  ',
    ]);
  });

  it('needs nothing while `next build` runs', async () => {
    const said = await inProcess(`
      process.env.NEXT_PHASE = 'phase-production-build';
      const { registerTrustedHeader } = await load();
      registerTrustedHeader({ trustedProxies: undefined, optional: true });
      console.log(JSON.stringify(registry() === undefined));
    `);
    expect(said).toBe(true);
  });
});
