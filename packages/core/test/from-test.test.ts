import { describe, expect, it } from '@jest/globals';
import { createAuthenticator, type RequestFacts } from '../src/index.js';
import { PROXY, proving, REMOTE_BOB, refused } from './proving.js';

const FACTS: RequestFacts = { peer: PROXY, rawHeaders: REMOTE_BOB };

const withOwn = (fromTest: unknown): RequestFacts => Object.assign({ fromTest }, FACTS);
const withInherited = (fromTest: unknown): RequestFacts =>
  Object.assign(Object.create({ fromTest }), FACTS);

describe('a request stands for the proofs where its own facts say that it is a test’s, and nowhere else', () => {
  const sharedSecret = { header: 'X-Proxy-Secret', values: ['secret-0123456789abcdefghijklmnopq'] };
  const rows = [
    ['true', withOwn(true), true],
    ['false', withOwn(false), false],
    ['undefined', withOwn(undefined), false],
    ['another value that is true to an if', withOwn('true'), false],
    ['a number', withOwn(1), false],
    ['inherited, as from a polluted Object.prototype', withInherited(true), false],
  ] as const;

  it.each(rows)('a shared secret, where it is %s', (_what, facts, isTest) => {
    const { authenticate } = createAuthenticator({
      trustedProxies: PROXY,
      sharedSecret,
      log: false,
    });
    expect(authenticate(facts)).toMatchObject(
      isTest ? { kind: 'authenticated' } : refused('proof-missing', 'X-Proxy-Secret'),
    );
  });

  it.each(rows)('a proof that is asked for, where it is %s', async (_what, facts, isTest) => {
    const { authenticator, questions } = proving(() => ({ kind: 'anonymous' }));
    expect(await authenticator.authenticate(facts)).toMatchObject(
      isTest ? { kind: 'authenticated' } : refused('proof-missing'),
    );
    expect(questions).toHaveLength(isTest ? 0 : 1);
  });
});
