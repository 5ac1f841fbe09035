import { describe, expect, it } from '@jest/globals';
import { factsFromFetch, problemOf, type Refusal, renderProblem } from '../src/index.js';

const refused = {
  kind: 'refused',
  reason: 'peer-untrusted',
  header: 'Remote-User',
  peer: '172.20.0.5',
} as const;

const asks = (accept?: string) => ({ accept, acceptLanguage: undefined });

describe('problemOf (D2)', () => {
  it.each([
    [
      { kind: 'anonymous', trusted: true },
      { type: 'about:blank', title: 'Unauthorized', status: 401, code: 'authentication-required' },
    ],
    [refused, { type: 'about:blank', title: 'Forbidden', status: 403, code: 'peer-untrusted' }],
    [
      { kind: 'refused', reason: 'proof-unavailable' },
      { type: 'about:blank', title: 'Service Unavailable', status: 503, code: 'proof-unavailable' },
    ],
    [
      { kind: 'refused', reason: 'assertion-unavailable' },
      {
        type: 'about:blank',
        title: 'Service Unavailable',
        status: 503,
        code: 'assertion-unavailable',
      },
    ],
    [
      { kind: 'denied', reason: 'group-missing' },
      { type: 'about:blank', title: 'Forbidden', status: 403, code: 'group-missing' },
    ],
    [
      { kind: 'denied', reason: 'user-unknown' },
      { type: 'about:blank', title: 'Forbidden', status: 403, code: 'user-unknown' },
    ],
    [
      { kind: 'unavailable', reason: 'user-unavailable' },
      { type: 'about:blank', title: 'Service Unavailable', status: 503, code: 'user-unavailable' },
    ],
    [
      { kind: 'unavailable', reason: 'undecided' },
      { type: 'about:blank', title: 'Service Unavailable', status: 503, code: 'undecided' },
    ],
  ] satisfies [Refusal, object][])('tells of %j only %j', (refusal, problem) => {
    expect(problemOf(refusal)).toEqual(problem);
  });
});

describe('renderProblem (D2)', () => {
  it('gives problem+json that is never cached and holds no address or header', () => {
    expect(renderProblem(refused, asks('application/json'))).toEqual({
      status: 403,
      headers: {
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
        vary: 'Accept, Accept-Language',
        'x-content-type-options': 'nosniff',
      },
      body: '{"type":"about:blank","title":"Forbidden","status":403,"code":"peer-untrusted"}',
    });
  });

  it('challenges nobody in particular with a 401', () => {
    expect(renderProblem({ kind: 'anonymous', trusted: false }, asks()).headers).toHaveProperty(
      'www-authenticate',
      'Trusted-Header',
    );
  });

  it('asks to try again where nobody can say, for now', () => {
    const { headers } = renderProblem(
      { kind: 'unavailable', reason: 'user-unavailable' },
      asks(''),
    );
    expect(headers).toHaveProperty('retry-after', '1');
    expect(renderProblem(refused, asks('')).headers).not.toHaveProperty('retry-after');
  });

  it('gives a page to browsers, which loads nothing', () => {
    const { headers, body } = renderProblem(
      refused,
      asks('text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'),
    );
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body).toContain('403 peer-untrusted');
    expect(body).not.toMatch(/172\.20|Remote-User|src=|href=(?!"\/")/);
  });

  it.each([
    [{ kind: 'anonymous', trusted: false }, 'sign-in page'],
    [refused, 'its log says why'],
    [{ kind: 'denied', reason: 'group-missing' }, 'not open to you'],
    [{ kind: 'denied', reason: 'user-unknown' }, 'have no account here'],
    [{ kind: 'unavailable', reason: 'user-unavailable' }, 'Try again in a minute'],
    [{ kind: 'unavailable', reason: 'undecided' }, 'still starting'],
  ] satisfies [Refusal, string][])('tells people for %j: %j', (refusal, says) => {
    expect(renderProblem(refusal, asks('text/html')).body).toContain(says);
  });

  it.each([
    [undefined, false, 'nothing said'],
    ['', false, 'nothing said'],
    ['*/*', false, 'curl'],
    ['text/*', false, 'a wildcard ranks nothing'],
    ['text/html', true, 'HTML'],
    ['TEXT/HTML', true, 'types have no case'],
    ['application/xhtml+xml', true, 'a browser of old'],
    ['text/html;q=0.5, application/json', false, 'rather JSON'],
    ['text/html, application/json', false, 'as much JSON'],
    ['application/json;q=0.5, text/html;level=1;q=0.9', true, 'rather HTML'],
    ['text/html;q=0.5, application/problem+json', false, 'rather a problem'],
    ['text/html;q=0.55, application/json;q=0.5', true, 'two decimals'],
    ['text/html;q=1.000, application/json;q=0.9', true, 'three decimals'],
    ['text/html, application/json;q=x1', true, 'JSON without a weight'],
    ['text/html, application/json;q=1x', true, 'JSON without a weight'],
    ['text/html;q=0', false, 'not HTML'],
    ['text/html;q=2', false, 'no weight (RFC 9110 section 12.4.2)'],
    ['text/html;q=', false, 'no weight'],
    [';;;,,q=1', false, 'nonsense'],
  ])('for Accept %j, HTML is %p: %s', (accept, isHtml, _why) => {
    expect(
      renderProblem(refused, asks(accept)).headers['content-type']?.startsWith('text/html'),
    ).toBe(isHtml);
  });
});

describe('factsFromFetch', () => {
  it('lists the header lines of Fetch headers', () => {
    const headers = new Headers([
      ['Remote-User', 'john'],
      ['Accept', 'a'],
      ['Accept', 'b'],
    ]);
    expect(factsFromFetch(headers, '10.0.0.1')).toEqual({
      peer: '10.0.0.1',
      rawHeaders: ['accept', 'a, b', 'remote-user', 'john'],
      joined: true,
    });
  });
});
