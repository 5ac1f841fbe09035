import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { anyUser } from '@trusted-header/core';
import {
  getDecision,
  getIdentity,
  registerTrustedHeader,
  requireIdentity,
  withIdentity,
} from '../src/index.js';
import { findRegistry } from '../src/registry.js';
import { decide, inNext, nextRequest, requestOf } from './decided-request.js';

const ALICE = decide('alice', 'admins');
const BOB = decide('bob', 'dev');
const NOBODY = decide(undefined);
const STRANGER = decide('eve', 'admins', '127.0.0.2');
const UNSEEN = () => nextRequest('http://app.test/', {});
const ADMINS = { groups: { anyOf: ['admins'] } };

beforeAll(() => registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false }));
afterAll(() => findRegistry()?.stop());

const digestOf = (asked: Promise<object>) =>
  asked.then(
    () => 'admitted',
    (error) => error.digest ?? error.message,
  );

describe('what is known of a request', () => {
  it('is told by the request, and without one by that which is being answered', async () => {
    const request = requestOf(ALICE, new Map());
    const within = <Value>(run: () => Promise<Value>) => inNext('render', request, new Map(), run);
    const alice = { user: 'alice', groups: ['admins'] };
    expect(await getIdentity(request)).toEqual(alice);
    expect(await within(() => getIdentity())).toEqual(alice);
    expect(await within(() => requireIdentity())).toEqual(alice);
    expect(await within(() => requireIdentity(ADMINS))).toEqual(alice);
    expect(await getDecision(request)).toBe(ALICE);
  });

  it('is no identity of nobody, of whom nobody believes, and where nobody has decided', async () => {
    for (const decision of [NOBODY, STRANGER]) {
      const request = requestOf(decision, new Map());
      expect([await getIdentity(request), await getDecision(request)]).toEqual([
        undefined,
        decision,
      ]);
    }
    expect(await getIdentity(UNSEEN())).toBe(undefined);
    expect(await getDecision(UNSEEN())).toEqual({ kind: 'undecided', reason: 'not-seen' });
    const two = { headers: { 'x-trusted-header-id': ['a', 'b'] } };
    expect(await getDecision(two)).toEqual({ kind: 'undecided', reason: 'not-seen' });
  });

  it('is nothing in the Edge runtime, and the error says what to take out', async () => {
    process.env.NEXT_RUNTIME = 'edge';
    try {
      const request = requestOf(ALICE, new Map());
      expect(await getDecision(request)).toEqual({ kind: 'undecided', reason: 'edge-runtime' });
      await expect(requireIdentity(anyUser, request)).rejects.toThrow('the Edge runtime does not');
    } finally {
      delete process.env.NEXT_RUNTIME;
    }
  });
});

it('requireIdentity ends with 401 for nobody, and 403 for whom the policy does not admit', async () => {
  const of = (decision: typeof ALICE) =>
    digestOf(requireIdentity(ADMINS, requestOf(decision, new Map())));
  expect(await of(ALICE)).toBe('admitted');
  expect(await of(BOB)).toBe('NEXT_HTTP_ERROR_FALLBACK;403');
  expect(await of(NOBODY)).toBe('NEXT_HTTP_ERROR_FALLBACK;401');
  expect(await of(STRANGER)).toBe('NEXT_HTTP_ERROR_FALLBACK;403');
});

it('withIdentity runs its handler for whom the policy admits, and answers others', async () => {
  const log = jest.spyOn(console, 'error').mockReturnValue();
  const handler = withIdentity(
    ({ user }, { method }: Request, params: string) => new Response(`${user} ${method} ${params}`),
    ADMINS,
  );
  const of = async (request: Request) => {
    const answer = await handler(request, 'with params');
    return `${answer.status} ${await answer.text()}`;
  };
  expect(await of(requestOf(ALICE, new Map()))).toBe('200 alice GET with params');
  expect(await of(requestOf(BOB, new Map()))).toContain('403 {"type":"about:blank"');
  expect(await of(requestOf(NOBODY, new Map()))).toContain('"authentication-required"');
  expect(await of(requestOf(STRANGER, new Map()))).toContain('"peer-untrusted"');
  expect(await of(UNSEEN())).toContain('503 {"type":"about:blank"');
  expect(log.mock.calls).toEqual([[expect.stringContaining('came before register() had run')]]);
  log.mockRestore();
});
