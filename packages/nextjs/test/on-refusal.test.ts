import { describe, expect, it } from '@jest/globals';
import { inProcess } from './in-process.js';

/** Answers as `proxy.ts` does with `onRefusal`, and behind it as a route handler of admins; shows what came of it. */
function serve(onRefusal: string, ...asked: readonly string[][]): Promise<unknown> {
  return inProcess(`
    const { registerTrustedHeader, trustedHeaderProxy, withIdentity } = await load();
    const { NextRequest, NextResponse } = await import('next/server.js');
    const failures = [];
    console.error = (...args) => failures.push(args.map(String).join(' '));
    registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
    const proxy = trustedHeaderProxy(undefined, { onRefusal: ${onRefusal} });
    const admin = withIdentity(() => new Response('admin'), { groups: { anyOf: ['admin'] } });
    const port = await start(async (req, res) => {
      const request = new NextRequest('http://a/notes', { headers: req.headers });
      const first = await proxy(request);
      const answer = first.headers.has('x-middleware-next') ? await admin(request, {}) : first;
      const rewritten = first.headers.get('x-middleware-rewrite');
      res.end([answer.status, answer.headers.get('location') ?? rewritten ?? (await answer.text())].join(' '));
    });
    const answers = [];
    for (const headers of ${JSON.stringify(asked)}) answers.push(await ask(port, headers));
    console.log(JSON.stringify([...answers, ...failures]));
  `);
}

const NOBODY: string[] = [];
const ALICE = ['Remote-User: alice'];
const TWO = ['Remote-User: alice', 'Remote-User: bob'];
const PROBLEM =
  '401 {"type":"about:blank","title":"Unauthorized","status":401,"code":"authentication-required"}';

describe('onRefusal', () => {
  it('answers with a page of its own, also what withIdentity refuses behind it', async () => {
    const answer = "({ status, code, kind }) => new Response(kind + ': ' + code, { status })";
    expect(await serve(answer, NOBODY, TWO, ALICE)).toEqual([
      '401 anonymous: authentication-required',
      '403 refused: header-repeated',
      '403 denied: group-missing',
    ]);
  });

  it('redirects', async () => {
    const answer = "(refusal, request) => Response.redirect(new URL('/sign-in', request.url), 302)";
    expect(await serve(answer, NOBODY)).toEqual(['302 http://a/sign-in']);
  });

  it.each([
    ['() => undefined', 'does nothing'],
    ['async () => undefined', 'does nothing, later'],
    ['() => NextResponse.next()', 'would let the request through'],
    ["() => NextResponse.next({ status: 401, headers: { a: 'b' } })", 'would as well'],
    ['(refusal, request) => NextResponse.rewrite(request.url)', 'would, by another name'],
    ["() => NextResponse.rewrite('http://a/admin', { status: 401 })", 'would, to elsewhere'],
    ["() => 'reached'", 'gives no response'],
    ['() => null', 'gives nothing'],
    ['() => ({ headers: new Headers() })', 'gives a part of one'],
    ['() => ({ status: 401 })', 'gives another part'],
  ])('sends the problem for %s, which %s', async (onRefusal) => {
    expect(await serve(onRefusal, NOBODY)).toEqual([PROBLEM]);
  });

  it.each(["() => { throw new Error('broken') }", "() => Promise.reject(new Error('broken'))"])(
    'sends the problem for %s, and tells the operator why',
    async (onRefusal) => {
      expect(await serve(onRefusal, NOBODY)).toEqual([
        PROBLEM,
        'trusted-header: onRefusal failed: Error: broken',
      ]);
    },
  );
});
