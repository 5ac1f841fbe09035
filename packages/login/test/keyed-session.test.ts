import { describe, expect, it } from '@jest/globals';
import { bindIdentity, expressSession, fastifySession, keyedSession } from '../src/index.js';

const BINDING = bindIdentity({ user: 'alice', groups: ['dev'] });
const HOLD = { v: 1, user: 'alice', until: 1 } as const;

function createLibrary() {
  const calls: unknown[] = [];
  const library = keyedSession<Map<string, unknown>>({
    get: (session, key) => session.get(key),
    async set(session, key, value) {
      calls.push(['set', key]);
      if (value === undefined) session.delete(key);
      else session.set(key, value);
    },
    async renew(session) {
      calls.push('renew');
      await Promise.resolve();
      session.clear();
    },
  });
  return { calls, library };
}

describe('keyedSession', () => {
  it('begins a session by making it anew, and only then writes', async () => {
    const { calls, library } = createLibrary();
    const session = new Map([['note', 'of somebody else']]);
    await library.start(session, BINDING);
    expect(calls).toEqual(['renew', ['set', 'trustedHeader']]);
    expect([...session]).toEqual([['trustedHeader', BINDING]]);
    expect(await library.read(session)).toEqual(BINDING);
  });

  it('ends a session by making it anew, with all that is in it', async () => {
    const { library } = createLibrary();
    const session = new Map<string, unknown>([
      ['trustedHeader', BINDING],
      ['note', 'hers'],
    ]);
    await library.end(session);
    expect([...session]).toEqual([]);
  });

  it('keeps a hold beside the binding, and removes it', async () => {
    const { library } = createLibrary();
    const session = new Map<string, unknown>();
    await library.hold?.(session, HOLD);
    expect(await library.readHold?.(session)).toEqual(HOLD);
    await library.hold?.(session, undefined);
    expect(session.size).toBe(0);
  });
});

describe('expressSession', () => {
  it.each([{}, { session: undefined }, { session: { cookie: {} } }])(
    'says what is missing, where there is no session: %j',
    (request) => {
      expect(() => expressSession.read(request)).toThrow('put express-session before it');
    },
  );

  it('gives on what its store throws, so that it is a 503 and no sign-in', async () => {
    const regenerate = (done: (error: Error) => void) => done(new Error('ECONNREFUSED'));
    const request = { session: { regenerate } };
    await expect(async () => expressSession.start(request, BINDING)).rejects.toThrow(
      'ECONNREFUSED',
    );
    await expect(async () => expressSession.end(request)).rejects.toThrow('ECONNREFUSED');
    expect(Object.keys(request.session)).toEqual(['regenerate']);
  });
});

describe('fastifySession', () => {
  it('says what is missing, where there is no session', () => {
    expect(() => fastifySession.read({ session: {} })).toThrow('register @fastify/session');
  });

  it('says that it is the path, where the plugin has no session for one', () => {
    const request = { session: {}, sessionStore: {} };
    expect(() => fastifySession.read(request)).toThrow('outside the path of the session cookie');
  });
});
