import { describe, expect, it } from '@jest/globals';
import type { Decision } from '@trusted-header/core';
import { createSignIn, keyedSession, type RequestSession } from '../src/index.js';

const named = (user: string): Decision => ({
  kind: 'authenticated',
  identity: { user, groups: ['dev'] },
  source: { kind: 'address', address: '10.0.0.7' },
});
const NOBODY: Decision = { kind: 'anonymous', trusted: true };
const HOLD = { v: 1, user: 'alice', until: 8_000_000_000_000 };
const OF_BOB = { v: 1, via: 'trusted-header', user: 'bob', groups: ['dev'] };

/** The hold is in the session itself, as with all libraries of ours: what ends the session takes the hold with it. */
function createApplication(stored: Record<string, unknown>) {
  const browser = new Map<string, unknown>(Object.entries(stored));
  const library = keyedSession<Map<string, unknown>>({
    get: (data, key) => data.get(key),
    set: (data, key, value) => void (value === undefined ? data.delete(key) : data.set(key, value)),
    renew: (data) => data.clear(),
  });
  const session: RequestSession = {
    read: () => library.read(browser),
    start: (binding) => library.start(browser, binding),
    end: () => library.end(browser),
    readHold: () => library.readHold?.(browser),
    hold: (hold) => library.hold?.(browser, hold),
  };
  const signIn = createSignIn({ find: ({ user }) => (user === 'mallory' ? null : { name: user }) });
  return {
    browser,
    follow: (decision: Decision, again = false) => signIn.follow(decision, session, { again }),
    signOut: (decision: Decision) => signIn.signOut(decision, session),
  };
}

describe('alice, who has signed out, is not signed in again', () => {
  it('by a second click on "Sign out", at a path where the proxy names nobody', async () => {
    const app = createApplication({});
    await app.follow(named('alice'));
    await app.signOut(NOBODY);
    await app.signOut(NOBODY);
    expect(await app.follow(named('alice'))).toEqual({ kind: 'nobody' });
  });

  it('by the visit of somebody whom the application does not know', async () => {
    const app = createApplication({ trustedHeaderHold: HOLD, trustedHeader: OF_BOB });
    expect(await app.follow(named('mallory'))).toMatchObject({ kind: 'denied' });
    expect([...app.browser]).toEqual([['trustedHeaderHold', HOLD]]);
    expect(await app.follow(named('alice'))).toEqual({ kind: 'nobody' });
  });

  it('by a wish to sign in again that comes when the proxy names nobody', async () => {
    const app = createApplication({ trustedHeaderHold: HOLD, trustedHeader: OF_BOB });
    expect(await app.follow(NOBODY, true)).toEqual({ kind: 'nobody', session: 'ended' });
    expect([...app.browser]).toEqual([['trustedHeaderHold', HOLD]]);
  });
});
